package dev.skein.runtime;

import dev.skein.harness.Report;
import dev.skein.tool.Sharing;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The calls that an agent that thinks elsewhere makes in one turn: each through the gate, on a
 * thread of its own; those that do not say otherwise one after another, in the order in which they
 * were asked for. For one owner thread.
 */
final class ElsewhereCalls implements AutoCloseable {
    /** Half of what a line of a link may have. */
    private static final long RESULT_TOKENS = 64 << 10;

    private final LiveRun<?> run;
    private final Desk desk;
    private final Toolbox toolbox;
    private final Seating seating;
    private final Nursery<Boolean> nursery;
    private final Map<String, Underway> under = new ConcurrentHashMap<>();
    private CountDownLatch before = new CountDownLatch(0);

    /** A call under way. */
    private static final class Underway {
        private final AtomicBoolean unwanted = new AtomicBoolean();
        private volatile @Nullable Thread thread;
    }

    ElsewhereCalls(LiveRun<?> run, Desk desk, Toolbox toolbox) {
        this.run = run;
        this.desk = desk;
        this.toolbox = toolbox;
        this.seating = desk.session().elsewhere();
        this.nursery = new Nursery<>("calls", work -> Lineage.bind(run, work));
    }

    boolean none() {
        return under.isEmpty();
    }

    void call(Report.Called called) throws InterruptedException {
        if (!seating.answers().begin(called.call(), called.tool())) {
            var known = seating.answers().of(called.call());
            if (known != null) answer(known);
            return;
        }
        var call = new ToolCall(called.call(), called.tool(), called.arguments());
        var offer = toolbox.offer();
        var turn = new ToolGate.Turn(1, RESULT_TOKENS, new AtomicBoolean());
        var gate = new ToolGate(run, toolbox.rights(), offer, turn);
        var serving = new Underway();
        under.put(call.id(), serving);
        var tool = offer.find(call.name());
        boolean alone = tool == null || tool.spec().limits().sharing() == Sharing.ALONE;
        var mine = alone ? before : new CountDownLatch(0);
        var over = new CountDownLatch(1);
        if (alone) before = over;
        var underWay = desk.calls();
        nursery.fork(() -> {
            try (underWay) {
                serving.thread = Thread.currentThread();
                return served(call, gate, serving, mine);
            } finally {
                over.countDown();
                under.remove(call.id());
                seating.stir();
            }
        });
    }

    /** Says whether a tool of its own program may be used. */
    void ask(Report.Asked asked) {
        var rights = toolbox.rights();
        under.put(asked.ask(), new Underway());
        nursery.fork(() -> {
            try {
                var no = new ProgramTool(run, rights, asked).refusal();
                var seat = seating.seat();
                if (seat != null) seat.verdict(asked.ask(), no.isEmpty(), no.orElse("allowed"));
                return true;
            } finally {
                under.remove(asked.ask());
                seating.stir();
            }
        });
    }

    private boolean served(ToolCall call, ToolGate gate, Underway serving, CountDownLatch turn)
            throws InterruptedException {
        try {
            turn.await();
            if (serving.unwanted.get()) throw new InterruptedException();
            var round = new ToolRound(run, run.agent().tools(), gate);
            var result = round.results(List.of(call)).getFirst().result();
            seating.answers().ended(result);
            if (serving.unwanted.get()) seating.answers().heard(call.id());
            else answer(result);
            return true;
        } catch (InterruptedException e) {
            if (!serving.unwanted.get()) throw e;
            seating.answers().heard(call.id());
            return false;
        }
    }

    private void answer(ToolResult result) {
        var seat = seating.seat();
        if (seat != null) seat.answer(result);
    }

    /** The agent does not want it any more: its code is interrupted, its answer not sent. */
    void cancel(String call) {
        var serving = under.get(call);
        if (serving == null) return;
        serving.unwanted.set(true);
        var thread = serving.thread;
        if (thread != null) thread.interrupt();
    }

    /** Interrupts what is under way and waits for it. */
    @Override
    public void close() {
        nursery.close();
    }
}
