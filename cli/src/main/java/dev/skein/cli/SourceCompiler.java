package dev.skein.cli;

import static java.util.stream.Collectors.joining;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.lang.model.element.TypeElement;
import javax.tools.ToolProvider;

/**
 * Compiles one source file in this process, with parameter names and with every module of Skein
 * readable.
 */
record SourceCompiler(Launch launch) {
    private static final String MODULES = "dev.skein.core,dev.skein.models,dev.skein.harnesses";
    private static final List<String> OPTIONS =
            List.of(
                    "-g",
                    "-parameters",
                    "-proc:none",
                    "-nowarn",
                    "-Xlint:none",
                    "-XDsuppressNotes");

    /** A program, or what the compiler says is wrong. */
    sealed interface Outcome {
        record Compiled(Program program) implements Outcome {}

        record Broken(String words) implements Outcome {}
    }

    Outcome compile(SourceFile source) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var words = new StringWriter();
        try (var standard = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                var files = new MemoryFiles(standard)) {
            var unit = List.of(new SourceUnit(source));
            var task = (JavacTask) compiler.getTask(words, files, null, options(), null, unit);
            var entry = entry(task);
            task.generate();
            if (entry.isPresent() && !files.classes().isEmpty())
                return new Outcome.Compiled(new Program(entry.get(), files.classes()));
            return new Outcome.Broken(
                    words.toString().isBlank() ? noMain(source) : words.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> options() {
        var path = launch.classPath().stream().map(Path::toString).collect(joining(":"));
        return Stream.of(
                        OPTIONS,
                        // Inline, because what is linked at run time costs each start of a program.
                        List.of("-XDstringConcat=inline"),
                        List.of("--module-path", path, "--add-modules", MODULES, "-cp", path))
                .flatMap(List::stream)
                .toList();
    }

    /** The main method of the first class in the file. */
    private static Optional<Program.Entry> entry(JavacTask task) throws IOException {
        return StreamSupport.stream(task.analyze().spliterator(), false)
                .filter(TypeElement.class::isInstance)
                .map(TypeElement.class::cast)
                .findFirst()
                .flatMap(type -> MainMethod.of(type, task.getElements()));
    }

    private static String noMain(SourceFile source) {
        return source.path() + ":1: error: no main method; start with: void main() { }";
    }
}
