package dev.skein.cli;

/** Where the command starts. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit code, unless that is 0. */
    public static void main(String[] arguments) {
        int exit = run(arguments);
        // A program that returned may have left threads that work on: only a bad end ends them.
        if (exit != ExitCode.COMPLETED) System.exit(exit);
    }

    /** Runs one command and returns its exit code. Blocks until it has ended. */
    public static int run(String... arguments) {
        return FileArguments.of(arguments)
                .map(FileArguments::run)
                .orElseGet(() -> SkeinCommand.run(arguments));
    }
}
