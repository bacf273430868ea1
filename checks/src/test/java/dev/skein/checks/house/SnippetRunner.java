package dev.skein.checks.house;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The program that runs compiled snippets, one after the other, each with a class loader of its
 * own. What each prints is in a file of its name; what it throws is in another beside it.
 */
final class SnippetRunner {
    private SnippetRunner() {}

    /** Takes the folder of the classes, the folder for what they print, and their names. */
    static void main(String[] arguments) throws IOException {
        var classes = Path.of(arguments[0]).toUri().toURL();
        var printed = Path.of(arguments[1]);
        for (var name : Arrays.asList(arguments).subList(2, arguments.length))
            run(classes, name, printed.resolve(name));
    }

    private static void run(URL classes, String name, Path printed) throws IOException {
        try (var out = new PrintStream(printed.toFile(), StandardCharsets.UTF_8);
                var loader = new URLClassLoader(new URL[] {classes})) {
            System.setOut(out);
            var type = loader.loadClass(name);
            var make = type.getDeclaredConstructor();
            make.setAccessible(true);
            var main = type.getDeclaredMethod("main");
            main.setAccessible(true);
            main.invoke(make.newInstance());
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            var cause = e.getCause() == null ? e : e.getCause();
            try (var file = new PrintWriter(Files.newBufferedWriter(thrown(printed)))) {
                cause.printStackTrace(file);
            }
        }
    }

    private static Path thrown(Path printed) {
        return printed.resolveSibling(printed.getFileName() + ".thrown");
    }
}
