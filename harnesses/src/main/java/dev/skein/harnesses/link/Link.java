package dev.skein.harnesses.link;

import dev.skein.failure.Failure;
import dev.skein.failure.HarnessFailure;
import dev.skein.harness.Launch;
import dev.skein.harness.Note;
import dev.skein.harness.Report;
import dev.skein.json.Json;
import dev.skein.policy.Timekeeper;
import dev.skein.tool.ToolSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one start of an agent and we have said to each other, whatever becomes of connections: each
 * side numbers what it says, sends it again to who has not acknowledged it, and applies the next
 * number only. Thread-safe; nothing blocks but {@link #awaitReady}.
 */
final class Link {
    private static final System.Logger LOG = System.getLogger("dev.skein.harnesses");
    private static final Timekeeper TIME = Timekeeper.system();
    private static final int MOST_NONSENSE = 3;
    private static final Duration NONSENSE_WITHIN = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Launch launch;
    private final LinkLimits limits;
    private final SeatFolder folder;
    private final Reports reports;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Credentials credentials = new Credentials();
    private final Outbox outbox = new Outbox();
    private final Map<String, ToolSpec> tools = new LinkedHashMap<>();
    private final ArrayDeque<Long> nonsense = new ArrayDeque<>();
    private volatile Runnable givingUp = () -> {};
    private Set<String> seen = Set.of();
    private String program = "";
    private @Nullable String conversation;
    private @Nullable Connection current;
    private @Nullable Failure broken;
    private Report.@Nullable Exited exited;
    private long applied;
    private boolean ready;
    private boolean down;

    Link(Launch launch, LinkLimits limits, SeatFolder folder, Reports reports) {
        this.launch = launch;
        this.limits = limits;
        this.folder = folder;
        this.reports = reports;
        for (var tool : launch.tools()) tools.put(tool.name(), tool);
    }

    LinkLimits limits() {
        return limits;
    }

    SeatFolder folder() {
        return folder;
    }

    Reports reports() {
        return reports;
    }

    long epoch() {
        return launch.epoch();
    }

    /** Leaves the secret where the program finds it. */
    void invite() throws IOException {
        lock.lock();
        try {
            folder.invite(launch, credentials.secret());
        } finally {
            lock.unlock();
        }
    }

    /** Lets a program in, and closes the connection that it had before. */
    void admit(Connection connection, Up.Hello hello) throws RefusedException, IOException {
        lock.lock();
        try {
            check(hello);
            var key = credentials.key(hello.proof());
            answered(outbox.acknowledged(hello.lastSeq()));
            if (hello.proof().first()) begin(hello);
            if (current != null) {
                current.close();
                isDown(); // it is back before anybody saw that it was away
            }
            current = connection;
            connection.send(welcome(key).line());
            outbox.lines().forEach(connection::send);
            if (down) reports.add(new Report.LinkUp());
            down = false;
        } finally {
            lock.unlock();
        }
    }

    private void check(Up.Hello hello) throws RefusedException {
        if (exited != null || hello.epoch() != launch.epoch())
            throw RefusedException.last(
                    "stale_epoch", "epoch " + hello.epoch() + " is not the one that runs");
        if (!hello.agent().equals(launch.path()))
            throw RefusedException.last("bad_secret", "another agent runs here");
    }

    private void begin(Up.Hello hello) throws IOException {
        folder.forgetSecret();
        program = hello.program();
        conversation = hello.conversation();
        seen = Set.copyOf(hello.seen());
    }

    private Down.Welcome welcome(String key) {
        return new Down.Welcome(
                launch.epoch(),
                key,
                applied,
                launch.agent().instructions(),
                List.copyOf(tools.values()),
                Down.Welcome.times(limits, GRACE));
    }

    /** False: the connection is not the one that counts any more. */
    boolean take(Connection connection, Up frame) throws RefusedException {
        lock.lock();
        try {
            if (current != connection) return false;
            switch (frame) {
                case Up.Hello _ -> throw RefusedException.of("bad_frame", "a second hello");
                case Up.Numbered numbered -> apply(numbered);
                case Up.Said(var delta) -> reports.add(delta);
                case Up.Ack(var seq) -> answered(outbox.acknowledged(seq));
                case Up.Ping(var id) -> connection.send(new Down.Pong(id));
                case Up.Skipped _ -> {}
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void apply(Up.Numbered frame) throws RefusedException {
        if (frame.number() <= applied) return;
        if (frame.number() > applied + 1)
            throw RefusedException.of("gap", "frame " + frame.number() + " came after " + applied);
        applied = frame.number();
        switch (frame) {
            case Up.Ready(_, var moved) -> ready(moved == null ? conversation : moved);
            case Up.Told(_, var told) -> told.forEach(reports::add);
        }
    }

    private void ready(@Nullable String moved) {
        if (!ready) reports.add(new Report.Ready(program));
        if (moved != null) reports.add(new Report.ConversationMoved(moved));
        ready = true;
        changed.signalAll();
    }

    private void answered(List<String> calls) {
        for (var call : calls) reports.add(new Report.Answered(call));
    }

    /** Says how far it has come. */
    void acknowledge(Connection connection) {
        lock.lock();
        try {
            if (current == connection) connection.send(new Down.Ack(applied));
        } finally {
            lock.unlock();
        }
    }

    void gone(Connection connection) {
        lock.lock();
        try {
            if (current != connection) return;
            current = null;
            isDown();
        } finally {
            lock.unlock();
        }
    }

    private void isDown() {
        if (!ready || exited != null) return;
        down = true;
        reports.add(new Report.LinkDown());
    }

    /**
     * A connection ends with that problem.
     *
     * @return whether the agent is to be ended: it speaks too much nonsense
     */
    boolean refused(Connection connection, RefusedException problem) {
        lock.lock();
        try {
            LOG.log(
                    System.Logger.Level.WARNING,
                    launch.path() + ": " + problem.code() + ": " + problem.getMessage());
            if (ready)
                reports.add(new Report.Noted("refused", Json.object("code", problem.code())));
            gone(connection);
            return connection.isAccepted() && problem.isNonsense() && isTooMuch(problem);
        } finally {
            lock.unlock();
        }
    }

    private boolean isTooMuch(RefusedException last) {
        long now = TIME.nanos();
        nonsense.add(now);
        while (now - nonsense.getFirst() > NONSENSE_WITHIN.toNanos()) nonsense.removeFirst();
        if (nonsense.size() < MOST_NONSENSE || broken != null) return false;
        broken =
                new HarnessFailure.Misbehaved(
                        launch.path(),
                        MOST_NONSENSE
                                + " frames within 60 s that cannot be taken, the last: "
                                + last.getMessage());
        if (ready) reports.add(new Report.Settled(broken));
        return true;
    }

    /** How the program ended; empty as long as it has not. */
    String how() {
        lock.lock();
        try {
            return exited == null ? "" : exited.how();
        } finally {
            lock.unlock();
        }
    }

    /** What is done with an agent that speaks too much nonsense. */
    void onGivingUp(Runnable work) {
        givingUp = work;
    }

    void giveUp() {
        givingUp.run();
    }

    /** Why the agent was ended by us, if it was. */
    Optional<Failure> broken() {
        lock.lock();
        try {
            return Optional.ofNullable(broken);
        } finally {
            lock.unlock();
        }
    }

    void flooded() {
        reports.add(new Report.Noted("flood", Json.object()));
    }

    /** Sends it now or when it can be sent. */
    void send(Down.Numbered frame) {
        lock.lock();
        try {
            if (exited != null) return;
            var line = outbox.add(frame);
            if (current != null) current.send(line);
        } finally {
            lock.unlock();
        }
    }

    /** Not if it is in the conversation that the agent goes on with. */
    void deliver(Note note) throws IOException {
        lock.lock();
        try {
            if (seen.contains(note.id())) {
                reports.add(new Report.Accepted(note.id()));
                reports.add(new Report.Seen(note.id()));
            } else if (exited == null)
                send(new Down.Message(note.id(), folder.shown(note), true, note.from()));
        } finally {
            lock.unlock();
        }
    }

    void offer(ToolSpec tool) {
        lock.lock();
        try {
            tools.put(tool.name(), tool);
            send(new Down.Offer(tool));
        } finally {
            lock.unlock();
        }
    }

    void withdraw(String tool) {
        lock.lock();
        try {
            if (tools.remove(tool) != null) send(new Down.Withdraw(tool));
        } finally {
            lock.unlock();
        }
    }

    /** Blocks; false: it ended before. */
    boolean awaitReady() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!ready && exited == null) changed.await();
            return ready;
        } finally {
            lock.unlock();
        }
    }

    /** The program has ended: nobody is let in any more. */
    void end(Report.Exited exited) {
        lock.lock();
        try {
            this.exited = exited;
            if (current != null) current.close();
            current = null;
            reports.add(exited);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
