package dev.skein.checks.link;

import dev.skein.failure.ModelFailure;
import dev.skein.json.FailureJson;
import dev.skein.json.Json;
import dev.skein.testkit.AgentScript;
import dev.skein.testkit.PlayedAgent;
import dev.skein.tool.ToolResult;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** An agent of its own process that does what it is told, over a link. */
final class PlayedProgram implements PlayedAgent {
    private final AgentLink link = new AgentLink(this::applied);
    private final LinkedBlockingQueue<Json> messages = new LinkedBlockingQueue<>();
    private final Map<String, Json.Obj> calls = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<ToolResult>> results = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<String>> verdicts = new ConcurrentHashMap<>();
    private final Set<String> tools = new LinkedHashSet<>();
    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final int stumbles;
    private final Thread player = Thread.currentThread();
    private Json failure = Json.nothing();
    private boolean playing;

    private PlayedProgram(int stumbles) throws IOException {
        this.stumbles = stumbles;
    }

    /** How many things it says and hears until its connection breaks; 0: it does not. */
    public static void main(String[] arguments) throws Exception {
        new PlayedProgram(Integer.parseInt(arguments[0])).play();
    }

    private void play() throws InterruptedException {
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        link.live();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        while (true) turn(messages.take());
    }

    private void turn(Json first) throws InterruptedException {
        tell(Json.object("t", "turn", "phase", "start", "index", 0));
        for (@Nullable Json message = first; message != null; message = messages.poll()) {
            tell(Json.object("t", "seen", "id", message.get("id")));
            try {
                playing(true);
                AgentScript.play(message.get("text").text(), this);
            } catch (InterruptedException e) {
                System.out.println("its turn was interrupted: " + e);
            } finally {
                playing(false);
            }
        }
        tell(Json.object("t", "settled", "ok", failure.isNull(), "error", failure));
        failure = Json.nothing();
    }

    private void playing(boolean now) {
        lock.lock();
        try {
            playing = now;
            if (!now) Thread.interrupted(); // an interrupt was for what it played
        } finally {
            lock.unlock();
        }
    }

    /** Each so many things that it says, its connection breaks. */
    private void tell(Json.Obj frame) {
        link.say(frame);
        if (stumbles > 0 && count.incrementAndGet() % stumbles == 0) link.stumble();
    }

    private void applied(Json frame) {
        switch (frame.get("t").text()) {
            case "welcome" -> {
                frame.get("tools").items().forEach(tool -> offer(tool.get("name").text(), true));
                tell(Json.object("t", "ready", "reason", "startup"));
            }
            case "message" -> {
                tell(Json.object("t", "accepted", "id", frame.get("id")));
                messages.add(frame);
            }
            case "tool" -> offer(frame.get("name").text(), true);
            case "untool" -> offer(frame.get("name").text(), false);
            case "result" -> promise(results, frame.get("call").text()).complete(result(frame));
            case "verdict" ->
                    promise(verdicts, frame.get("ask").text())
                            .complete(
                                    frame.get("allow").asBoolean(false)
                                            ? ""
                                            : frame.get("reason").text());
            case "abort" -> abort();
            case "stop" -> System.exit(0);
            default -> throw new IllegalStateException("unknown: " + frame);
        }
    }

    private static ToolResult result(Json frame) {
        boolean ok = frame.get("ok").asBoolean(false);
        var text = frame.path(ok ? "/content/0/text" : "/error/message").text();
        return new ToolResult(frame.get("call").text(), text, !ok);
    }

    private void abort() {
        lock.lock();
        try {
            if (playing) player.interrupt();
            else tell(Json.object("t", "settled", "ok", true));
        } finally {
            lock.unlock();
        }
    }

    private void offer(String tool, boolean there) {
        lock.lock();
        try {
            if (there) tools.add(tool);
            else tools.remove(tool);
        } finally {
            lock.unlock();
        }
    }

    private static <T> CompletableFuture<T> promise(
            Map<String, CompletableFuture<T>> promises, String id) {
        return promises.computeIfAbsent(id, _ -> new CompletableFuture<>());
    }

    private static <T> T got(CompletableFuture<T> promise) throws InterruptedException {
        try {
            return promise.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void say(String text) {
        tell(Json.object("t", "said", "role", "assistant", "text", text));
    }

    @Override
    public String begin(String tool, Json arguments) {
        var id = epoch() + "." + calls.size();
        var call = Json.object("t", "call", "call", id, "tool", tool, "arguments", arguments);
        calls.put(id, call);
        tell(call);
        return id;
    }

    @Override
    public void again(String call) {
        tell(calls.getOrDefault(call, Json.object()));
    }

    @Override
    public ToolResult result(String call) throws InterruptedException {
        return got(promise(results, call));
    }

    @Override
    public void cancel(String call) {
        tell(Json.object("t", "cancel", "call", call, "reason", "it is not wanted any more"));
    }

    @Override
    public String ask(String tool, Json arguments) throws InterruptedException {
        var id = "ask-" + epoch() + "." + count.incrementAndGet();
        tell(Json.object("t", "ask", "ask", id, "tool", tool, "arguments", arguments));
        return got(promise(verdicts, id));
    }

    @Override
    public String tools() {
        lock.lock();
        try {
            return String.join(" ", tools);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long epoch() {
        return link.epoch();
    }

    @Override
    public void moveTo(String conversation) {
        tell(Json.object("t", "conversation", "id", conversation, "reason", "new"));
    }

    @Override
    public String conversation() {
        return link.conversation();
    }

    @Override
    public void note(String type, Json data) {
        tell(((Json.Obj) data).with("t", type));
    }

    @Override
    public void fail(String problem, boolean retryable) {
        failure =
                FailureJson.encode(
                        retryable
                                ? new ModelFailure.Overloaded("played", 529, problem)
                                : new ModelFailure.BadRequest("played", problem));
    }

    @Override
    public void drop() {
        link.drop();
    }

    @Override
    public void comeBack() {
        link.comeBack();
    }

    @Override
    public void exit(int code) {
        System.exit(code);
    }

    @Override
    public void die() throws InterruptedException {
        try {
            var self = Long.toString(ProcessHandle.current().pid());
            new ProcessBuilder("kill", "-9", self).start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        new CountDownLatch(1).await();
    }
}
