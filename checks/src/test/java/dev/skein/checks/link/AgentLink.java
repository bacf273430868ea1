package dev.skein.checks.link;

import dev.skein.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The agent's side of a link, in a program of its own: numbers what it says, keeps it until it is
 * acknowledged, and comes back when the connection breaks.
 */
final class AgentLink {
    private final Map<String, String> invitation = new HashMap<>();
    private final Path folder;
    private final Consumer<Json> applied;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Json.Obj> outbox = new ArrayDeque<>();
    private @Nullable RawLink link;
    private String key = "";
    private long lastUp;
    private long lastDown;
    private CountDownLatch wanted = new CountDownLatch(0);

    /**
     * Reads what it is invited by.
     *
     * @param applied gets the welcome, then each frame that has a number once, in order
     */
    AgentLink(Consumer<Json> applied) throws IOException {
        this.applied = applied;
        this.folder = Path.of(System.getenv("SKEIN_DIR"));
        for (var line : Files.readAllLines(folder.resolve("env"))) {
            var pair = line.split("=", 2);
            invitation.put(pair[0], pair[1]);
        }
    }

    long epoch() {
        return Long.parseLong(invitation.get("SKEIN_EPOCH"));
    }

    String conversation() {
        return invitation.getOrDefault("SKEIN_CONVERSATION", "none");
    }

    /** Stays connected until the program ends. */
    void live() throws InterruptedException {
        while (true) {
            awaitWanted();
            try (var fresh = RawLink.to(folder)) {
                hear(fresh);
            } catch (IOException e) {
                if (key.isEmpty() || !Files.exists(folder)) System.exit(1);
            } finally {
                use(null);
            }
        }
    }

    private void awaitWanted() throws InterruptedException {
        CountDownLatch latch;
        lock.lock();
        try {
            latch = wanted;
        } finally {
            lock.unlock();
        }
        latch.await();
    }

    private void hear(RawLink fresh) throws IOException {
        boolean first = key.isEmpty();
        fresh.send(hello(first));
        var welcome = fresh.next("welcome");
        key = welcome.get("key").text();
        acknowledged(welcome.get("lastSeq").asLong());
        if (first) applied.accept(welcome);
        use(fresh);
        for (var frame = fresh.receive(); !frame.isNull(); frame = fresh.receive()) heard(frame);
    }

    private Json.Obj hello(boolean first) {
        return Json.object("t", "hello", "v", 1, "epoch", epoch())
                .with("agent", invitation.get("SKEIN_AGENT"))
                .with("lastSeq", lastDown)
                .with(first ? "secret" : "key", first ? invitation.get("SKEIN_SECRET") : key)
                .with("harness", Json.object("name", "played", "version", "1"));
    }

    private void heard(Json frame) {
        switch (frame.get("t").text()) {
            case "ack" -> acknowledged(frame.get("seq").asLong());
            case "ping" -> aside(Json.object("t", "pong", "id", frame.get("id")));
            default -> {
                long number = frame.get("n").asLong(-1);
                if (number != lastDown + 1) return;
                applied.accept(frame);
                lastDown = number;
                aside(Json.object("t", "ack", "seq", number));
            }
        }
    }

    private void acknowledged(long seq) {
        lock.lock();
        try {
            while (!outbox.isEmpty() && outbox.getFirst().get("n").asLong() <= seq)
                outbox.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    private void use(@Nullable RawLink fresh) {
        lock.lock();
        try {
            link = fresh;
            for (var frame : outbox) write(frame);
        } finally {
            lock.unlock();
        }
    }

    /** Says it now, or when it is connected again. */
    void say(Json.Obj frame) {
        lock.lock();
        try {
            var numbered = frame.with("n", ++lastUp);
            outbox.add(numbered);
            write(numbered);
        } finally {
            lock.unlock();
        }
    }

    private void aside(Json frame) {
        lock.lock();
        try {
            write(frame);
        } finally {
            lock.unlock();
        }
    }

    private void write(Json frame) {
        try {
            if (link != null) link.send(frame);
        } catch (IOException e) {
            link = null; // its reader notices too, and comes back
        }
    }

    /** The connection breaks and stays away. */
    void drop() {
        lock.lock();
        try {
            wanted = new CountDownLatch(1);
            close();
        } finally {
            lock.unlock();
        }
    }

    /** The connection breaks. */
    void stumble() {
        lock.lock();
        try {
            close();
        } finally {
            lock.unlock();
        }
    }

    private void close() {
        try {
            if (link != null) link.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void comeBack() {
        lock.lock();
        try {
            wanted.countDown();
        } finally {
            lock.unlock();
        }
    }
}
