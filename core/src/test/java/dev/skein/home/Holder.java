package dev.skein.home;

import dev.skein.policy.Environment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A program with a runtime's folder and a process of its own, which does nothing until its input
 * ends.
 */
final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
        var home =
                Home.open(Environment.of(Map.of("SKEIN_HOME", Path.of(arguments[0]).toString())));
        var card =
                new RuntimeCard(
                        arguments[1],
                        ProcessId.current(),
                        "Holder",
                        "0.1.0",
                        null,
                        null,
                        Instant.EPOCH);
        var child = new ProcessBuilder("sh", "-c", "sleep 600 & sleep 600").start();
        var folder = RuntimeFolder.make(home, card);
        var owned = ProcessId.of(child.toHandle()).orElseThrow();
        folder.own(new Owned("process", owned, "sh", "7k2m9q4c"));
        IO.println("ready " + child.pid());
        System.in.read();
        folder.close();
    }
}
