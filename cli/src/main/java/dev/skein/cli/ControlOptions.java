package dev.skein.cli;

import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that is for a run. */
final class ControlOptions {
    @Option(
            names = {"-i", "--id"},
            paramLabel = "PREFIX",
            description = "How the run's id begins; else it is the only live one.")
    private String id = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Converters.Times.class,
            description = "How long to wait, such as 90s; standard is as long as it takes.")
    private @Nullable Duration timeout;

    @Mixin private final PrintOptions print = new PrintOptions();

    String id() {
        return id;
    }

    Duration patience() {
        return timeout == null ? ControlClient.PATIENCE : timeout;
    }

    Output output() {
        return Output.of(print.manner());
    }

    /**
     * The run that is meant.
     *
     * @param prefix how its id begins
     */
    Chosen choose(String prefix) throws InterruptedException {
        return new Chosen(Runtimes.ofProcess(output()).look(), prefix);
    }

    Chosen choose() throws InterruptedException {
        return choose(id);
    }

    ControlClient open(LiveRun run) {
        return run.open(Timekeeper.system());
    }

    /** The exit code of the work; that of a Ctrl-C if one came meanwhile. */
    static int interruptible(Output output, Callable<Integer> work) throws Exception {
        var quiet = new Output.Manner(output.manner().json(), true, output.manner().debug());
        var interruption = Interruption.ofThisThread(Output.of(quiet));
        try {
            return interruption.exit(work.call());
        } catch (InterruptedException e) {
            return interruption.exit(ExitCode.FAILED);
        }
    }
}
