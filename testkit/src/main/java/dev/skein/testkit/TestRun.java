package dev.skein.testkit;

import dev.skein.agent.RunResult;
import dev.skein.event.Cursor;
import dev.skein.event.Entry;
import dev.skein.event.Journal;
import dev.skein.event.RunEvent;
import dev.skein.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as a test looks at it: from its result, from its entries in a journal, or from both. It is
 * looked at anew each time, so one that still goes on may be asked again.
 *
 * <pre>{@code
 * var result = runtime.run(agent, Task.of("refund me"));
 * assertThat(TestRun.of(result, runtime.journal())).isCompleted().hasModelCalls(2);
 * }</pre>
 */
public final class TestRun {
    private final String id;
    private final @Nullable RunResult<?> result;
    private final @Nullable Journal journal;

    private TestRun(String id, @Nullable RunResult<?> result, @Nullable Journal journal) {
        this.id = id;
        this.result = result;
        this.journal = journal;
    }

    /** A run that is over; what only entries tell is not known of it. */
    public static TestRun of(RunResult<?> result) {
        return new TestRun(result.work().runId(), result, null);
    }

    /** A run that is over, and its entries. */
    public static TestRun of(RunResult<?> result, Journal journal) {
        return new TestRun(result.work().runId(), result, journal);
    }

    /** The run of that id, which may still go on. */
    public static TestRun of(String id, Journal journal) {
        return new TestRun(id, null, journal);
    }

    /** The run's id. */
    public String id() {
        return id;
    }

    /** Its result, if it was made from one. */
    public Optional<RunResult<?>> result() {
        return Optional.ofNullable(result);
    }

    /** Its journal, if it was made with one. */
    public Optional<Journal> journal() {
        return Optional.ofNullable(journal);
    }

    /** The entries that there are now; none without a journal. */
    public List<Entry> entries() {
        return journal == null ? List.of() : read(journal, new Cursor.OfRun(id, 0));
    }

    /** What it gave back, as JSON; empty if it did not complete, or has a result and no journal. */
    public Optional<Json> output() {
        return ended().map(end -> end.outcome().output())
                .flatMap(ref -> journal().flatMap(of -> of.content(ref)))
                .map(Json::parse);
    }

    /** The names of the agents of this run and of all runs below it, in order of their start. */
    public List<String> agents() {
        if (journal == null) return List.of();
        var names = new ArrayList<String>();
        for (var entry : read(journal, Cursor.start()))
            if (entry.event() instanceof RunEvent.RunSubmitted
                    && (entry.origin().run().equals(id) || entry.origin().root().equals(id)))
                names.add(entry.origin().agent());
        return List.copyOf(names);
    }

    /** What happened, in a few lines: turns, calls, results, failures, and how it ended. */
    public String story() {
        return Story.of(head(), beats());
    }

    /** The story. */
    @Override
    public String toString() {
        return story();
    }

    Optional<Ending> ending() {
        return result == null ? ended().map(Ending::of) : Optional.of(Ending.of(result));
    }

    List<Beat> beats() {
        if (journal != null) return Telling.of(entries(), journal);
        if (result == null) return List.of();
        var work = result.work();
        return Retelling.of(work.partial().messages(), work.model());
    }

    static List<Entry> read(Journal journal, Cursor from) {
        try (var reader = journal.read(from)) {
            var entries = new ArrayList<Entry>();
            for (var next = reader.next(Duration.ZERO);
                    next.isPresent();
                    next = reader.next(Duration.ZERO)) entries.add(next.get());
            return List.copyOf(entries);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a journal was read", e);
        }
    }

    private Optional<RunEvent.RunEnded> ended() {
        var entries = entries();
        return !entries.isEmpty() && entries.getLast().event() instanceof RunEvent.RunEnded ended
                ? Optional.of(ended)
                : Optional.empty();
    }

    private String head() {
        var entries = entries();
        var agent = entries.isEmpty() ? "" : " of '" + entries.getFirst().origin().agent() + "'";
        return "Run "
                + id
                + agent
                + " "
                + ending().map(Ending::whole).orElseGet(() -> open(entries));
    }

    private static String open(List<Entry> entries) {
        return entries.isEmpty()
                ? "has no entries"
                : "has not ended; its last entry is " + entries.getLast().event();
    }
}
