import org.jspecify.annotations.NullMarked;

/** Measurements of Skein: small paths with JMH, whole runs beside other frameworks. */
@NullMarked
module dev.skein.benchmarks {
    requires static org.jspecify;
    requires dev.skein.core;
    requires java.management;
    requires jdk.management;
    requires jmh.core;
    requires tools.jackson.databind;

    exports dev.skein.benchmarks.harness to
            dev.skein.core;
}
