package dev.skein.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code skein run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs an agent, or a source file.",
        customSynopsis = {
            "skein run [OPTIONS] AGENT INPUT",
            "       skein run [--debug] [--quiet] FILE.java [--] [ARGUMENT...]"
        },
        footer = {
            "",
            "A source file is compiled and its main method is run; every module of Skein is there",
            "(import module dev.skein.core;). What follows the file is the program's own.",
            "",
            "  skein run assistant \"What is a skein?\"",
            "  skein run examples/Hello.java"
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "AGENT",
            description = "The agent; 'assistant' is always there.")
    private String agent = "";

    @Parameters(
            index = "1",
            paramLabel = "INPUT",
            description = "What it is asked; - reads standard input.")
    private String input = "";

    @Mixin private final RunOptions run = new RunOptions();

    @Mixin private final PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        var output = Output.of(print.manner());
        var interruption = Interruption.ofThisThread(output);
        var asked = new AgentRun.Asked(agent, input, run);
        boolean stream = run.stream(Launch.ofProcess().terminal()) && !print.manner().json();
        try {
            return interruption.exit(new AgentRun(asked, stream, output).run());
        } catch (InterruptedException e) {
            return interruption.exit(ExitCode.FAILED);
        }
    }
}
