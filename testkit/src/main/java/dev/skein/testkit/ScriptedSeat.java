package dev.skein.testkit;

import dev.skein.failure.Failure;
import dev.skein.failure.ModelFailure;
import dev.skein.harness.Launch;
import dev.skein.harness.Note;
import dev.skein.harness.Report;
import dev.skein.harness.Seat;
import dev.skein.json.Json;
import dev.skein.tool.ToolResult;
import dev.skein.tool.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One agent that is played in this process, on a thread of its own. */
final class ScriptedSeat implements Seat, PlayedAgent {
    private final Launch launch;
    private final Consumer<Report> reports;
    private final Runnable gone;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedBlockingQueue<Note> notes = new LinkedBlockingQueue<>();
    private final Map<String, Report.Called> calls = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<ToolResult>> results = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<String>> verdicts = new ConcurrentHashMap<>();
    private final Set<String> tools = new LinkedHashSet<>();
    private final AtomicInteger count = new AtomicInteger();
    private final List<Report> unsaid = new ArrayList<>();
    private final Thread thread;
    private @Nullable Failure failed;
    private boolean down;
    private boolean over;
    private boolean playing;

    ScriptedSeat(Launch launch, Consumer<Report> reports, Runnable gone) {
        this.launch = launch;
        this.reports = reports;
        this.gone = gone;
        launch.tools().forEach(tool -> tools.add(tool.name()));
        thread = Thread.ofVirtual().name("skein-played:" + launch.path()).unstarted(this::live);
    }

    /** Its program has ended. */
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    void start() {
        report(new Report.Ready("1"));
        thread.start();
    }

    private void live() {
        while (!isOver()) {
            try {
                turn(notes.take());
            } catch (InterruptedException | Over e) {
                if (!isOver()) throw new IllegalStateException("only its end ends it", e);
            }
        }
    }

    /** From the first note to when none is left. */
    private void turn(Note first) throws InterruptedException {
        report(new Report.TurnBegan());
        for (Note note = first; note != null; note = notes.poll()) {
            report(new Report.Seen(note.id()));
            try {
                playing(true);
                AgentScript.play(note.text(), this);
            } catch (InterruptedException e) {
                if (isOver()) throw e;
            } finally {
                playing(false);
            }
        }
        report(new Report.Settled(failed));
        failed = null;
    }

    private void playing(boolean now) {
        lock.lock();
        try {
            playing = now;
            if (!now && !over) Thread.interrupted(); // an interrupt was for what it played
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** What is said while its link is down is said when it is back. */
    private void report(Report report) {
        lock.lock();
        try {
            if (over) return;
            if (down) unsaid.add(report);
            else reports.accept(report);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void deliver(Note note) {
        report(new Report.Accepted(note.id()));
        notes.add(note);
    }

    @Override
    public void offer(ToolSpec tool) {
        lock.lock();
        try {
            tools.add(tool.name());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void withdraw(String tool) {
        lock.lock();
        try {
            tools.remove(tool);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void answer(ToolResult result) {
        report(new Report.Answered(result.callId()));
        promise(results, result.callId()).complete(result);
    }

    @Override
    public void verdict(String ask, boolean allow, String reason) {
        promise(verdicts, ask).complete(allow ? "" : reason);
    }

    private static <T> CompletableFuture<T> promise(
            Map<String, CompletableFuture<T>> promises, String id) {
        return promises.computeIfAbsent(id, _ -> new CompletableFuture<>());
    }

    @Override
    public void interrupt(String reason) {
        lock.lock();
        try {
            if (playing) thread.interrupt();
            else report(new Report.Settled(null));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop(String reason, Duration limit) {
        end(null);
    }

    @Override
    public void close() {
        end(null);
    }

    /** Once: it says how it ended, if it does so by itself. */
    private void end(@Nullable Report last) {
        lock.lock();
        try {
            if (over) return;
            if (last != null) reports.accept(last);
            over = true;
        } finally {
            lock.unlock();
        }
        gone.run();
        thread.interrupt();
    }

    @Override
    public void say(String text) {
        report(new Report.Said("assistant", text));
    }

    @Override
    public String begin(String tool, Json arguments) {
        var id = launch.epoch() + "." + count.incrementAndGet();
        var call = new Report.Called(id, tool, arguments);
        calls.put(id, call);
        report(call);
        return id;
    }

    @Override
    public void again(String call) {
        var known = calls.get(call);
        if (known != null) report(known);
    }

    @Override
    public ToolResult result(String call) throws InterruptedException {
        return got(promise(results, call));
    }

    private static <T> T got(CompletableFuture<T> promise) throws InterruptedException {
        try {
            return promise.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void cancel(String call) {
        report(new Report.CallCanceled(call, "it is not wanted any more"));
    }

    @Override
    public String ask(String tool, Json arguments) throws InterruptedException {
        var id = "ask-" + launch.epoch() + "." + count.incrementAndGet();
        report(new Report.Asked(id, tool, arguments));
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
        return launch.epoch();
    }

    @Override
    public void moveTo(String conversation) {
        report(new Report.ConversationMoved(conversation));
    }

    @Override
    public String conversation() {
        var known = launch.conversation();
        return known == null ? "none" : known;
    }

    @Override
    public void note(String type, Json data) {
        report(new Report.Noted(type, data));
    }

    @Override
    public void fail(String problem, boolean retryable) {
        failed =
                retryable
                        ? new ModelFailure.Overloaded("scripted", 529, problem)
                        : new ModelFailure.BadRequest("scripted", problem);
    }

    @Override
    public void drop() {
        lock.lock();
        try {
            if (!down) reports.accept(new Report.LinkDown());
            down = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void comeBack() {
        lock.lock();
        try {
            if (!down) return;
            down = false;
            reports.accept(new Report.LinkUp());
            unsaid.forEach(reports);
            unsaid.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void exit(int code) {
        end(new Report.Exited(code, null, "exit " + code + ", it said: goodbye"));
        throw new Over();
    }

    @Override
    public void die() {
        end(new Report.Exited(null, 9, "signal 9"));
        throw new Over();
    }
}
