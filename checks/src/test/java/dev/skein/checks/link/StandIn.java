package dev.skein.checks.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.agent.HarnessAgent;
import dev.skein.harness.Launch;
import dev.skein.harness.Report;
import dev.skein.harness.Seat;
import dev.skein.harnesses.link.LinkHarness;
import dev.skein.harnesses.link.LinkLimits;
import dev.skein.json.Json;
import dev.skein.machine.Place;
import dev.skein.machine.Processes;
import dev.skein.tool.ToolSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A seat whose program does nothing but tell where it is to connect; the test speaks in its place,
 * so that it may say anything at any time.
 */
final class StandIn implements AutoCloseable {
    static final LinkLimits FAST = LinkLimits.standard().withFrames(100_000).withBurst(100_000);
    static final String AGENT = "root/worker";

    private static final String TELL = "echo \"$SKEIN_DIR\" > \"$0\"; exec sleep 600";

    private final LinkedBlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final Processes processes = Processes.open();
    private final FutureTask<Seat> start;
    private final Thread starting;
    private final Path folder;
    private final Map<String, String> invitation = new HashMap<>();
    private String key = "";

    private StandIn(Path temporary, LinkLimits limits, List<ToolSpec> tools)
            throws IOException, InterruptedException {
        var pipe = temporary.resolve("where-" + System.nanoTime());
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        var harness =
                LinkHarness.of("stand-in", "/bin/sh", "-c", TELL, pipe.toString())
                        .withDirectory(temporary)
                        .withLimits(limits);
        start = new FutureTask<>(() -> harness.start(launch(tools), reports::add));
        starting = Thread.ofVirtual().start(start);
        folder = Path.of(Files.readString(pipe).strip());
        Files.readString(folder.resolve("env"), UTF_8)
                .lines()
                .map(line -> line.split("=", 2))
                .forEach(line -> invitation.put(line[0], line[1]));
    }

    private Launch launch(List<ToolSpec> tools) {
        var place = new Place("run-of-the-test", 1, 2, processes);
        var agent = HarnessAgent.of("worker", "link:stand-in").withInstructions("Be brief.");
        return new Launch(AGENT, 2, agent, null, place, tools, null);
    }

    static StandIn begin(Path temporary) throws IOException, InterruptedException {
        return begin(temporary, FAST);
    }

    static StandIn begin(Path temporary, LinkLimits limits)
            throws IOException, InterruptedException {
        return new StandIn(temporary, limits, List.of());
    }

    static StandIn begin(Path temporary, ToolSpec tool) throws IOException, InterruptedException {
        return new StandIn(temporary, FAST, List.of(tool));
    }

    Path folder() {
        return folder;
    }

    String secret() {
        return invitation.getOrDefault("SKEIN_SECRET", "");
    }

    String key() {
        return key;
    }

    /** A hello of the agent that is expected, with what it proves itself by. */
    static Json.Obj hello(String proof, String value, long lastSeq) {
        return Json.object("t", "hello", "v", 1, "agent", AGENT, "epoch", 2)
                .with("lastSeq", lastSeq)
                .with(proof, value)
                .with("harness", Json.object("name", "stand-in", "version", "7"));
    }

    /** Comes for the first time, and is ready. */
    RawLink join() throws IOException {
        var link = RawLink.to(folder);
        link.send(hello("secret", secret(), 0));
        key = link.next("welcome").get("key").text();
        link.send(Json.object("t", "ready", "n", 1, "reason", "startup"));
        return link;
    }

    /** Comes again. */
    RawLink resume(long lastSeq) throws IOException {
        var link = RawLink.to(folder);
        link.send(hello("key", key, lastSeq));
        return link;
    }

    /** Blocks until it is ready. */
    Seat seat() throws Exception {
        return start.get(1, TimeUnit.MINUTES);
    }

    Report report() throws InterruptedException {
        var report = reports.poll(1, TimeUnit.MINUTES);
        if (report == null) throw new AssertionError("nothing is reported");
        return report;
    }

    /** The next report of that kind; those before it are dropped. */
    <R extends Report> R report(Class<R> kind) throws InterruptedException {
        while (true) {
            var report = report();
            if (kind.isInstance(report)) return kind.cast(report);
        }
    }

    void interrupt() {
        starting.interrupt();
    }

    @Override
    public void close() {
        interrupt();
        try {
            starting.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (start.state() == FutureTask.State.SUCCESS) start.resultNow().close();
        processes.close();
    }
}
