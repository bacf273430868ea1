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
        subcommands = {RunCommand.class, DoctorCommand.class, HelpCommand.class},
        footer = {
            "",
            "Exit codes: 0 completed, 1 failed, 2 usage or compile error, 3 no such agent or file,",
            "130 interrupted."
        })
final class SkeinCommand {

    static int run(String... arguments) {
        return new CommandLine(new SkeinCommand())
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new Unexpected())
                .setUsageHelpAutoWidth(false)
                .execute(arguments);
    }
}
