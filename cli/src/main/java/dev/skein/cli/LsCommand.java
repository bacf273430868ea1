package dev.skein.cli;

import dev.skein.policy.Timekeeper;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein ls}. */
@Command(name = "ls", mixinStandardHelpOptions = true, description = "Lists the live runs.")
final class LsCommand implements Callable<Integer> {
    @Option(names = "--all", description = "Also those that have ended, the newest 20.")
    private boolean all;

    @Mixin private final PrintOptions print = new PrintOptions();

    @Override
    public Integer call() throws InterruptedException {
        var output = Output.of(print.manner());
        var found = Runtimes.ofProcess(output).look();
        var list = new RunList(found, Timekeeper.system().instant(), all);
        if (print.manner().json()) output.json(list.json());
        else list.lines().forEach(output::line);
        return output.written();
    }
}
