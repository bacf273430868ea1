package dev.skein.cli;

import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein logs}. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Prints what happened in a run, live or ended.")
final class LogsCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PATH",
            description = "Of a session or a run below; or the first 8 characters of a run's id.")
    private String path = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the run ends.")
    private boolean follow;

    @Option(names = "--tail", paramLabel = "N", description = "Begin with the last N.")
    private int tail = -1;

    @Option(names = "--after", paramLabel = "NUMBER", description = "Only those behind that one.")
    private long after;

    @Option(names = "--type", paramLabel = "GLOB", description = "Only that kind, such as tool_*.")
    private String type = "";

    @Option(names = "--agent", paramLabel = "NAME", description = "Only those of that agent.")
    private String agent = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Converters.Times.class,
            description = "Only those of the last time, such as 10m.")
    private @Nullable Duration since;

    @Option(names = "--tree", description = "With all that is below.")
    private boolean tree;

    @Mixin private final ControlOptions control = new ControlOptions();

    @Override
    public Integer call() throws Exception {
        var output = control.output();
        var now = Timekeeper.system().instant();
        var filter =
                new LogFilter(
                        new LogFilter.Place("", path, tree),
                        type,
                        agent,
                        since == null ? null : now.minus(since));
        return ControlOptions.interruptible(
                output,
                () -> {
                    var wanted = LogChoice.of(control, filter);
                    var printing = wanted.printing(tail, output);
                    return wanted.print(printing, new LogPrinting.Position(after), follow);
                });
    }
}
