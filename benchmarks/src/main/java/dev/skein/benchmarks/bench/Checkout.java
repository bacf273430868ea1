package dev.skein.benchmarks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where things are in the checkout, and what {@code ./bench} built there. */
record Checkout(Path root) {

    Path benchmarks() {
        return root.resolve("benchmarks");
    }

    /** Samples of full runs, which {@link #report()} is made from. */
    Path results() {
        return benchmarks().resolve("results");
    }

    /** For the samples of what is no full run, which nobody is asked to keep. */
    Path partial() {
        return benchmarks().resolve("target/results");
    }

    Path report() {
        return benchmarks().resolve("RESULTS.md");
    }

    Path logs() throws IOException {
        return Files.createDirectories(benchmarks().resolve("target/logs"));
    }

    /** The path to the classes of a module that Maven has built, and of all that it needs. */
    String classPath(String module) throws IOException {
        var target = root.resolve(module).resolve("target");
        var needed = Files.readString(target.resolve("classpath")).strip();
        return target.resolve("classes") + (needed.isEmpty() ? "" : ":" + needed);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The one line that a command prints, or a word for its absence. */
    String said(String... command) throws IOException {
        var process = new ProcessBuilder(command).directory(root.toFile()).start();
        try (var output = process.inputReader()) {
            var line = output.readLine();
            return line == null ? "unknown" : line;
        } finally {
            process.destroy();
        }
    }

    static List<Path> files(Path folder) throws IOException {
        try (var found = Files.list(folder)) {
            return found.sorted().toList();
        }
    }
}
