package dev.skein.benchmarks.micro;

import dev.skein.json.JsonType;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The schema of a record at its first use in a process: everything is derived, and the code that
 * derives it is loaded. Each fork gives one figure.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class SchemaFirstPath {

    @Benchmark
    public JsonType<Customer> first() {
        return JsonType.of(Customer.class);
    }
}
