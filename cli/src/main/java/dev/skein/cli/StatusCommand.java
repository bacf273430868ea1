package dev.skein.cli;

import dev.skein.policy.Timekeeper;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows one run: its sessions, children, endpoints and what it spent.")
final class StatusCommand implements Callable<Integer> {
    @Mixin private final ControlOptions control = new ControlOptions();

    @Override
    public Integer call() throws InterruptedException {
        var output = control.output();
        var chosen = control.choose();
        var status =
                new StatusReading(chosen, control.patience())
                        .of(chosen.run(), Timekeeper.system().instant());
        if (output.manner().json()) output.json(status.json());
        else status.lines().forEach(output::line);
        return output.written();
    }
}
