package dev.skein.benchmarks.micro;

import dev.skein.json.JsonType;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The schema of a record: looked up where it was made before, and made. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SchemaPath {

    /** The type is there; nothing is derived. */
    @Benchmark
    public JsonType<Customer> cached() {
        return JsonType.of(Customer.class);
    }
}
