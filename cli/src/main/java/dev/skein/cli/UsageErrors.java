package dev.skein.cli;

import dev.skein.failure.Invalid;
import dev.skein.failure.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says which argument is wrong, and what was probably meant. */
final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException error, String[] arguments) {
        boolean json = List.of(arguments).contains("--json");
        var output = Output.of(new Output.Manner(json, false, false));
        return output.fail(ExitCode.USAGE, new Invalid.Call(problem(error), remedy(error)));
    }

    private static String problem(ParameterException error) {
        if (!(error instanceof UnmatchedArgumentException unmatched))
            return Objects.requireNonNullElse(error.getMessage(), error.toString());
        var first = unmatched.getUnmatched().getFirst();
        if (unmatched.isUnknownOption()) return "Unknown option '" + first + "'";
        return error.getCommandLine().getSubcommands().isEmpty()
                ? "One argument too many: '" + first + "'"
                : "Unknown command '" + first + "'";
    }

    private static String remedy(ParameterException error) {
        var command = error.getCommandLine();
        var help = "See: " + command.getCommandSpec().qualifiedName() + " --help";
        if (!(error instanceof UnmatchedArgumentException unmatched)) return help;
        var near = Nearest.of(unmatched.getUnmatched().getFirst(), known(command));
        return near.isEmpty() ? help : "Did you mean " + String.join(" or ", near) + "? " + help;
    }

    private static List<String> known(CommandLine command) {
        var known = new ArrayList<>(command.getSubcommands().keySet());
        known.addAll(command.getCommandSpec().optionsMap().keySet());
        return known;
    }
}
