package dev.skein.benchmarks.workflows;

import dev.skein.benchmarks.harness.Self;
import dev.skein.event.EventReader;
import dev.skein.event.WorkflowEvent;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.Scope;
import dev.skein.runtime.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Events that programs emit: written, not read, read late, and forwarded. */
record Events(Rig rig, Figures figures) {
    private static final int EMITS = 200_000;
    private static final int READERS = 1_000;
    private static final int PAIRS = 5;
    private static final int MANY = 1_000_000;
    private static final int LEVELS = 5;
    private static final int FORWARDED = 50_000;
    private static final int PACED = 20_000;
    private static final int A_SECOND = 10_000;
    private static final long SECOND = 1_000_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    void measure() throws InterruptedException {
        try (var runtime = AgentRuntime.open(rig.bare(Rig.ENTRIES))) {
            Rig.root(runtime, this::unread);
        }
        try (var runtime = AgentRuntime.open(rig.bare(2 * rig.many(MANY)))) {
            Rig.root(runtime, this::late);
        }
        try (var runtime = AgentRuntime.open(rig.bare(2 * rig.many(MANY)))) {
            Rig.root(runtime, scope -> forwarded(scope, rig.many(FORWARDED), 0));
            Rig.root(runtime, scope -> forwarded(scope, rig.many(PACED), A_SECOND));
        }
    }

    /** With and without readers in turns, so that nothing else makes the difference. */
    private void unread(Scope scope) throws InterruptedException {
        int many = rig.many(EMITS);
        var alone = new long[PAIRS];
        var beside = new long[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            alone[i] = emit(scope, many);
            long before = Self.liveBytes();
            var readers = new ArrayList<EventReader>();
            for (int r = 0; r < READERS; r++) readers.add(scope.events());
            beside[i] = emit(scope, many);
            if (i == 0) figures.say(Aim.UNREAD_HEAP, mebibytes(Self.liveBytes() - before));
            readers.forEach(EventReader::close);
        }
        figures.rate(Aim.EMIT, many, Figures.quantile(50, alone));
        figures.say(Aim.UNREAD_COST, Figures.slower(alone, beside));
    }

    private static double mebibytes(long bytes) {
        return bytes / 1024.0 / 1024;
    }

    private static long emit(Scope scope, int count) {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) scope.emit("tick", i);
        return System.nanoTime() - begin;
    }

    private void late(Scope scope) throws InterruptedException {
        emit(scope, rig.many(MANY));
        long begin = System.nanoTime();
        try (var reader = scope.events()) {
            var first = reader.next(PATIENCE);
            if (first.isEmpty()) throw new IllegalStateException("there is no first entry");
            figures.millis(Aim.LATE, System.nanoTime() - begin);
        }
    }

    /** The root reads what the lowest of its descendants emits, at that pace if it has one. */
    private void forwarded(Scope scope, int count, int aSecond) throws InterruptedException {
        var sent = new AtomicLongArray(count);
        var behind = new long[count];
        var child =
                scope.<@Nullable Void, String>spawn(
                        "level", level(LEVELS - 1, sent, aSecond), null);
        scope.bubble(child);
        long begin = System.nanoTime();
        try (var reader = scope.events()) {
            for (int i = 0; i < count; ) {
                var entry = reader.next(PATIENCE).orElseThrow();
                if (!(entry.event() instanceof WorkflowEvent.Bubbled)) continue;
                behind[i] = System.nanoTime() - sent.get(i);
                i++;
            }
        }
        if (aSecond == 0) figures.rate(Aim.BUBBLE, count, System.nanoTime() - begin);
        else figures.millis(Aim.BUBBLE_LAG, Figures.quantile(99, behind));
        child.await();
    }

    private static Workflow<@Nullable Void, String> level(
            int below, AtomicLongArray sent, int aSecond) {
        return Rig.workflow(
                "level",
                scope -> {
                    if (below == 0) {
                        paced(scope, sent, aSecond);
                        return;
                    }
                    var child =
                            scope.<@Nullable Void, String>spawn(
                                    "level", level(below - 1, sent, aSecond), null);
                    scope.bubble(child);
                    child.await();
                });
    }

    private static void paced(Scope scope, AtomicLongArray sent, int aSecond) {
        long begin = System.nanoTime();
        for (int i = 0; i < sent.length(); i++) {
            if (aSecond > 0)
                LockSupport.parkNanos(begin + i * (SECOND / aSecond) - System.nanoTime());
            sent.set(i, System.nanoTime());
            scope.emit("tick", i);
        }
    }
}
