package dev.skein.cli;

import dev.skein.policy.Environment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Looks whether everything is there that runs need.")
final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--online", description = "Ask each configured provider something very small.")
    private boolean online;

    @Mixin private final PrintOptions print = new PrintOptions();

    @Override
    public Integer call() throws InterruptedException {
        return new Doctor(Environment.ofProcess(), Output.of(print.manner())).examine(online);
    }
}
