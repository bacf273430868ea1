package dev.skein.cli;

import dev.skein.failure.Invalid;
import dev.skein.failure.Nearest;
import dev.skein.failure.SkeinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs a source file: looks its compiled form up, or compiles it, and calls its main method. */
record FileRun(ProgramCache cache, Interruption interruption, Output output) {

    /** Blocks until the program's main method has ended; returns the exit code. */
    int run(Path path, List<String> arguments) {
        if (Files.notExists(path)) return unknown(path);
        try {
            var source = SourceFile.read(path);
            var kept = kept(source);
            if (kept.isPresent()) return start(kept.get(), arguments);
            return switch (new SourceCompiler(cache.launch()).compile(source)) {
                case SourceCompiler.Outcome.Compiled(var program) -> {
                    keep(source, program);
                    yield start(program, arguments);
                }
                case SourceCompiler.Outcome.Broken(var words) -> broken(source, words);
            };
        } catch (SkeinException e) {
            return output.fail(ExitCode.USAGE, e.failure(), e);
        }
    }

    private int start(Program program, List<String> arguments) {
        return new ProgramStart(program, interruption, output).run(arguments);
    }

    private Optional<Program> kept(SourceFile source) {
        try {
            return cache.find(source);
        } catch (IOException e) {
            warn(e);
            return Optional.empty();
        }
    }

    private void keep(SourceFile source, Program program) {
        try {
            cache.keep(source, program);
        } catch (IOException e) {
            warn(e);
        }
    }

    private void warn(IOException e) {
        output.note(
                "cannot keep the compiled program ("
                        + e
                        + "); it is compiled each time until "
                        + cache.folder()
                        + " can be written");
    }

    private int broken(SourceFile source, String words) {
        output.detail(words.strip());
        return output.fail(
                ExitCode.USAGE,
                new Invalid.Call(
                        source.path() + " does not compile",
                        "Correct what is shown above, then run it again."));
    }

    private int unknown(Path path) {
        var near = Nearest.of(path.getFileName().toString(), siblings(path));
        return output.fail(
                ExitCode.NOT_FOUND,
                new Invalid.Call(
                        "No file '" + path + "'",
                        near.isEmpty()
                                ? "Check the path; it starts in " + Path.of("").toAbsolutePath()
                                : "Did you mean " + String.join(" or ", near) + "?"));
    }

    private static List<String> siblings(Path path) {
        var folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isReadable(folder)) return List.of();
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
