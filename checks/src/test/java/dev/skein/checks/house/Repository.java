package dev.skein.checks.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checkout that the tests run in: its modules and its files. */
public record Repository(Path root) {

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", ".idea", ".vscode", "node_modules");

    /** The checkout around the working directory. */
    public static Repository here() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("etc/jdk.sh"))) {
            Path parent = folder.getParent();
            if (parent == null) throw new IllegalStateException("not inside a checkout");
            folder = parent;
        }
        return new Repository(folder);
    }

    /** The folders that the root pom lists as modules. */
    List<Path> modules() {
        return MODULE.matcher(text(root.resolve("pom.xml")))
                .results()
                .map(found -> root.resolve(found.group(1)))
                .toList();
    }

    /** Modules with Java sources for others to use; the module of these checks has none. */
    List<Path> programModules() {
        return modules().stream()
                .filter(module -> Files.isDirectory(module.resolve("src/main/java")))
                .toList();
    }

    /** Every file of the repository that is not a product of the build. */
    List<Path> files() {
        return walk(root, Files::isRegularFile);
    }

    List<Path> filesEndingWith(String ending) {
        return files().stream().filter(file -> file.toString().endsWith(ending)).toList();
    }

    /** A file's place as the repository's readers say it, with slashes. */
    String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static List<Path> walk(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !NOT_OURS.contains(child.getFileName().toString()))
                    .sorted()
                    .flatMap(child ->
                            Files.isDirectory(child)
                                    ? walk(child, wanted).stream()
                                    : Stream.of(child))
                    .filter(wanted)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder.toString(), e);
        }
    }
}
