package dev.skein.cli;

import picocli.CommandLine.Option;

/** Options of every command that prints. */
final class PrintOptions {
    @Option(names = "--json", description = "Print one JSON object; errors as JSON too.")
    private boolean json;

    @Option(names = "--quiet", description = "Print no notes.")
    private boolean quiet;

    @Option(names = "--debug", description = "Print the stack of what went wrong.")
    private boolean debug;

    Output.Manner manner() {
        return new Output.Manner(json, quiet, debug);
    }
}
