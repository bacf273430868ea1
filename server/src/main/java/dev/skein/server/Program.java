package dev.skein.server;

import java.nio.file.Path;
import java.util.List;

/** What people call the program that runs in this process. */
final class Program {
    private static final String COMMAND = "dev.skein.cli.Main";

    private Program() {}

    static String ofProcess() {
        return of(System.getProperty("sun.java.command", "java"));
    }

    /**
     * The file that it was started from, or its main class.
     *
     * @param line main class or file, and arguments
     */
    static String of(String line) {
        var words = List.of(line.strip().split("\\s+"));
        var first = words.getFirst();
        if (first.equals(COMMAND))
            return words.stream()
                    .filter(word -> word.endsWith(".java"))
                    .findFirst()
                    .map(Program::file)
                    .orElse("skein");
        if (first.endsWith(".jar") || first.endsWith(".java")) return file(first);
        return first.substring(Math.max(first.lastIndexOf('.'), first.lastIndexOf('/')) + 1);
    }

    private static String file(String path) {
        return String.valueOf(Path.of(path).getFileName());
    }
}
