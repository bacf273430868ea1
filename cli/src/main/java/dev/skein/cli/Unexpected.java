package dev.skein.cli;

import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells of what a command threw. */
final class Unexpected implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
            Exception thrown, CommandLine command, ParseResult arguments) {
        var words = List.copyOf(arguments.originalArgs());
        var output =
                Output.of(
                        new Output.Manner(
                                words.contains("--json"), false, words.contains("--debug")));
        if (thrown instanceof SkeinException known)
            return output.fail(ExitCode.of(known.failure()), known.failure(), thrown);
        var failure =
                new RunFailure.Threw(
                        command.getCommandSpec().qualifiedName(),
                        thrown.getClass().getSimpleName(),
                        Objects.requireNonNullElse(thrown.getMessage(), ""),
                        "");
        return output.fail(ExitCode.FAILED, failure, thrown);
    }
}
