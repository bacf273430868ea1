package dev.skein.cli;

import dev.skein.failure.Invalid;
import dev.skein.policy.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code run [--debug] [--quiet] FILE.java [--] [ARGUMENT…]}, read without the option parser: it
 * would cost a program half of its start, and what follows the file is the program's own.
 */
record FileArguments(List<String> options, Path file, List<String> arguments) {
    private static final List<String> OPTIONS = List.of("--debug", "--quiet");

    /** Empty if these are the arguments of another command. */
    static Optional<FileArguments> of(String... all) {
        if (all.length == 0 || !all[0].equals("run")) return Optional.empty();
        int file = 1;
        while (file < all.length && all[file].startsWith("--")) file++;
        if (file == all.length || !all[file].endsWith(".java")) return Optional.empty();
        int rest = file + 1;
        if (rest < all.length && all[rest].equals("--")) rest++;
        var words = List.of(all);
        return Optional.of(
                new FileArguments(
                        words.subList(1, file),
                        Path.of(all[file]),
                        words.subList(rest, all.length)));
    }

    /** Blocks until the program has ended; returns the exit code. */
    int run() {
        var manner =
                new Output.Manner(false, options.contains("--quiet"), options.contains("--debug"));
        var output = Output.of(manner);
        for (var option : options) if (!OPTIONS.contains(option)) return unknown(option, output);
        var interruption = Interruption.ofThisThread(output);
        var delivery = Delivery.ofProcess(output);
        var folders = new Folders(Environment.ofProcess());
        var cache = new ProgramCache(folders.cache().resolve("run"), Launch.ofProcess());
        int exit = interruption.exit(new FileRun(cache, interruption, output).run(file, arguments));
        return exit == ExitCode.COMPLETED ? delivery.exit() : exit;
    }

    private int unknown(String option, Output output) {
        return output.fail(
                ExitCode.USAGE,
                new Invalid.Call(
                        "Option '" + option + "' is not for source files",
                        "Put it behind " + file + " if the program is to have it."));
    }
}
