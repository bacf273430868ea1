import org.jspecify.annotations.NullMarked;

/**
 * The kit for testing programs with agents: a clock that is moved by hand, assertions on runs and
 * journals, servers that are the real thing in small, and contract suites.
 */
@NullMarked
module dev.skein.testkit {
    requires java.management;
    requires transitive dev.skein.core;
    requires jdk.management;
    requires static transitive org.assertj.core;
    requires static transitive org.junit.jupiter.api;
    requires static org.junit.jupiter.params;

    exports dev.skein.testkit;
}
