package dev.skein.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein call}. */
@Command(
        name = "call",
        mixinStandardHelpOptions = true,
        description = "Calls an endpoint of a live run and prints its result.",
        footer = {
            "",
            "A value is read as the endpoint's parameter wants it; key:=value is JSON.",
            "",
            "  skein call add_task spec=\"write tests\" priority=3",
            "  skein call add_task --args '{\"spec\":\"write tests\"}'"
        })
final class CallCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ENDPOINT", description = "skein status lists them.")
    private String endpoint = "";

    @Parameters(index = "1..*", paramLabel = "KEY=VALUE", description = "Its arguments.")
    private List<String> words = List.of();

    @Option(
            names = "--args",
            paramLabel = "JSON",
            description = "All arguments: an object, @FILE, or - for standard input.")
    private @Nullable String all;

    @Option(
            names = "--as",
            paramLabel = "TAG",
            description = "Who calls, for the journal: [a-z0-9._-]{1,40}; standard is cli.")
    private String tag = "cli";

    @Mixin private final ControlOptions control = new ControlOptions();

    @Override
    public Integer call() throws Exception {
        var output = control.output();
        return ControlOptions.interruptible(
                output,
                () -> {
                    var run = control.choose().live();
                    try (var client = control.open(run)) {
                        var calling = new EndpointCalling(run, client, control.patience(), output);
                        return calling.call(endpoint, new EndpointCalling.Given(words, all), tag);
                    }
                });
    }
}
