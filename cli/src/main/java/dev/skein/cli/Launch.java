package dev.skein.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the command was started: the only place that asks the JVM.
 *
 * @param classPath what programs can use
 * @param jdk its exact build
 * @param terminal whether standard output is shown to somebody
 */
record Launch(List<Path> classPath, String jdk, boolean terminal) {
    static Launch ofProcess() {
        return new Launch(
                Stream.of(System.getProperty("java.class.path").split(":")).map(Path::of).toList(),
                System.getProperty("java.vm.version"),
                Boolean.getBoolean("skein.terminal"));
    }

    /** Lets {@link Logs} print stacks; called before the first line is logged. */
    static void debug() {
        System.setProperty("skein.debug", "true");
    }

    static boolean debugging() {
        return Boolean.getBoolean("skein.debug");
    }

    static String javaHome() {
        return System.getProperty("java.home");
    }
}
