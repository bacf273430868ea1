package dev.skein.benchmarks.micro;

import dev.skein.name.Namespace;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Namespaces: read from a key, written as one, compared. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NamespacePath {
    private final String written = "tenant:acme:user:bob";
    private final Namespace namespace = Namespace.parse(written);
    private final Namespace above = Namespace.parse("tenant:acme");

    @Benchmark
    public Namespace parse() {
        return Namespace.parse(written);
    }

    @Benchmark
    public String key() {
        return namespace.key();
    }

    @Benchmark
    public boolean covers() {
        return above.covers(namespace);
    }
}
