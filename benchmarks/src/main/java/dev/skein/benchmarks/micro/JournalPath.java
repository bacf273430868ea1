package dev.skein.benchmarks.micro;

import dev.skein.event.Cursor;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.Journal;
import dev.skein.event.Origin;
import dev.skein.event.Ref;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.event.Trace;
import dev.skein.event.TurnEvent;
import dev.skein.model.Usage;
import dev.skein.name.Namespace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** The journal in memory. Appends are of runs of eight entries, so that old runs are forgotten. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JournalPath {
    private static final int READ = 1_000;

    private final Journal journal = Journal.inMemory(InstantSource.system());
    private final Journal filled = filled();
    private final String text = "What is the weather in Paris today? ".repeat(10);

    /** The run of one thread. */
    @State(Scope.Thread)
    public static class Run {
        private static final int ENTRIES = 8;

        private final String prefix = "r" + Thread.currentThread().threadId() + "-";
        private Origin origin = origin(prefix + 0);
        private int count;

        private Event next() {
            if (count++ % ENTRIES == 0) origin = origin(prefix + count);
            return count % ENTRIES == 0 ? ended() : new TurnEvent.TurnStarted(count, 2, 100);
        }
    }

    @Benchmark
    public Entry append(Run run) throws InterruptedException {
        var event = run.next();
        return journal.append(run.origin, event);
    }

    @Benchmark
    @Threads(64)
    public Entry appendBySixtyFour(Run run) throws InterruptedException {
        var event = run.next();
        return journal.append(run.origin, event);
    }

    /** Texts are named by their hash. */
    @Benchmark
    public Ref keep(Run run) throws InterruptedException {
        return journal.keep(run.origin.run(), "text/plain", text);
    }

    /** One entry of a thousand. */
    @Benchmark
    @OperationsPerInvocation(READ)
    public long read() throws InterruptedException {
        try (var reader = filled.read(Cursor.start())) {
            for (int i = 0; i < READ; i++) reader.next(Duration.ZERO);
            return reader.position();
        }
    }

    private static Journal filled() {
        try {
            var journal = Journal.inMemory(InstantSource.system());
            for (int i = 0; i < READ; i++)
                journal.append(origin("r"), new TurnEvent.TurnStarted(i, 2, 100));
            return journal;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Event ended() {
        var outcome = new RunEvent.Outcome(RunStatus.COMPLETED, null, null, null, null);
        return new RunEvent.RunEnded(outcome, Usage.none(), 1, Duration.ZERO);
    }

    private static Origin origin(String run) {
        var trace = new Trace("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
        return new Origin(run, run, null, "analyst", Namespace.standard(), "analyst", trace);
    }
}
