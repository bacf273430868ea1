package dev.skein.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command without a subcommand. */
@Command(
        name = "skein",
        description = "Starts, runs and inspects agents.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            LsCommand.class,
            StatusCommand.class,
            SendCommand.class,
            CallCommand.class,
            LogsCommand.class,
            CancelCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 completed, 1 failed, 2 usage or compile error, 3 no such agent, run or",
            "file, 4 several that fit, 5 no answer in time, 130 interrupted."
        })
final class SkeinCommand {

    static int run(String... arguments) {
        return new CommandLine(new SkeinCommand())
                .setExpandAtFiles(false) // an @ is for --args alone
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new Unexpected())
                .setUsageHelpAutoWidth(false)
                .execute(arguments);
    }
}
