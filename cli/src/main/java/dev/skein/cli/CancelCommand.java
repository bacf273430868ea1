package dev.skein.cli;

import dev.skein.json.Json;
import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein cancel}. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Cancels a live run, or one below it.")
final class CancelCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PATH",
            description = "Of a run below; else the whole run is canceled.")
    private String path = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the journal.")
    private String reason = "canceled with skein cancel";

    @Option(names = "--wait", description = "Wait until it has ended.")
    private boolean wait;

    @Mixin private final ControlOptions control = new ControlOptions();

    @Override
    public Integer call() throws Exception {
        var output = control.output();
        return ControlOptions.interruptible(
                output,
                () -> {
                    var run = control.choose().live();
                    var asked =
                            Json.object("reason", reason, "wait", wait)
                                    .with("path", path.isEmpty() ? null : path);
                    try (var client = control.open(run)) {
                        long start = Timekeeper.system().nanos();
                        var told =
                                client.post(run.route("/cancel"), asked, "cli", control.patience());
                        var took = Duration.ofNanos(Timekeeper.system().nanos() - start);
                        return print(told, took, output);
                    }
                });
    }

    private int print(Json told, Duration took, Output output) {
        var seconds = String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
        var path = told.get("path").text();
        var status = told.get("status").text();
        if (output.manner().json()) output.json(told);
        else output.line(wait ? status + " " + path + " in " + seconds : "canceling " + path);
        return output.written();
    }
}
