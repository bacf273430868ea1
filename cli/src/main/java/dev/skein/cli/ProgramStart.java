package dev.skein.cli;

import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Starts a compiled program on this thread and tells how it ended. */
record ProgramStart(Program program, Interruption interruption, Output output) {

    /** Blocks until the main method has ended; returns the exit code. */
    int run(List<String> arguments) {
        var loader = new ProgramLoader(program);
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.main(arguments);
            return ExitCode.COMPLETED;
        } catch (Throwable e) {
            // What is thrown after Ctrl-C is its consequence.
            return interruption.asked() ? ExitCode.FAILED : failed(e);
        }
    }

    private int failed(Throwable thrown) {
        var failure = thrown instanceof SkeinException known ? known.failure() : threw(thrown);
        return output.fail(ExitCode.FAILED, failure, thrown);
    }

    private RunFailure threw(Throwable thrown) {
        var cause = cause(thrown);
        var detail = Objects.requireNonNullElse(cause.getMessage(), "");
        return new RunFailure.Threw(place(cause), cause.getClass().getSimpleName(), detail, "");
    }

    /** What a failed static initializer hides. */
    private static Throwable cause(Throwable thrown) {
        var hidden = thrown.getCause();
        return thrown instanceof ExceptionInInitializerError && hidden != null ? hidden : thrown;
    }

    /** File and line in the program; its name if it was thrown elsewhere. */
    private String place(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .filter(frame -> program.classes().containsKey(frame.getClassName()))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse(program.entry().type());
    }
}
