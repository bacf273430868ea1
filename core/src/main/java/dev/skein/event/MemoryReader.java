package dev.skein.event;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks the journal by number. Entries that are gone are looked for in the archive, if the journal
 * has one; where they are gone for good it makes one gap and goes on.
 */
final class MemoryReader implements EventReader {
    private final MemoryJournal journal;
    private final Cursor from;
    private @Nullable Past past;
    private @Nullable Origin top;
    private long position;
    private long missing;
    private boolean asked;
    private boolean forgotten;
    private boolean ended;

    MemoryReader(MemoryJournal journal, Cursor from) {
        this.journal = journal;
        this.from = from;
        this.position =
                switch (from) {
                    case Cursor.All(var after) -> after;
                    case Cursor.OfRun(_, var afterNumber) -> afterNumber;
                    case Cursor.OfTree(_, var after) -> after;
                    case Cursor.OfSession(_, _, var after) -> after;
                };
    }

    @Override
    public Optional<Entry> next(Duration limit) throws InterruptedException {
        for (var left = new TimeLeft(limit); !ended; ) {
            var reading = past;
            if (reading != null && !reading.over()) {
                var entry = next(reading, left.now());
                if (entry.isPresent() || !reading.over()) return entry;
            } else {
                var step =
                        forgotten ? new Step.End() : journal.await(this::step, run(), left.now());
                if (step instanceof Step.Read(var entry)) return Optional.of(entry);
                if (!(step instanceof Step.Gone(var hole, var count))) return ended(step);
                if (!enter(hole) && hole.origin() != null) return skipped(hole, count);
            }
        }
        return Optional.empty();
    }

    private Optional<Entry> next(Past reading, Duration limit) throws InterruptedException {
        long before = reading.missing();
        var entry = reading.next(limit);
        position = reading.position();
        missing += reading.missing() - before;
        return entry;
    }

    private Optional<Entry> ended(@Nullable Step step) {
        if (step != null || journal.locked(journal::closed)) close();
        return Optional.empty();
    }

    /** False if there is nothing for this reader; who reads everything may be who writes it. */
    private boolean enter(Past.Hole hole) {
        var archive = journal.archive();
        if (archive == null || from instanceof Cursor.All) return false;
        if (past == null)
            past =
                    archive.open(root())
                            .map(found -> new Past(archive, found, run(), this::wanted))
                            .orElse(null);
        if (past == null) return false;
        forgotten = hole.origin() == null;
        past.enter(hole, position);
        return true;
    }

    private Optional<Entry> skipped(Past.Hole hole, long count) {
        position = hole.to();
        missing += count;
        return Optional.of(hole.gap(run() == null ? 0 : position));
    }

    @Override
    public <E extends Event> Optional<E> first(
            Class<E> type, Predicate<? super E> where, Duration limit) throws InterruptedException {
        for (var left = new TimeLeft(limit); ; ) {
            var entry = next(left.now());
            if (entry.isEmpty()) return Optional.empty();
            var event = entry.get().event();
            if (type.isInstance(event) && where.test(type.cast(event)))
                return Optional.of(type.cast(event));
        }
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long missing() {
        return missing;
    }

    @Override
    public void close() {
        ended = true;
        if (past != null) past.close();
    }

    /** What a look at the journal found; null: nothing yet. */
    private sealed interface Step {
        record Read(Entry entry) implements Step {}

        /** So many entries are not there. */
        record Gone(Past.Hole hole, long count) implements Step {}

        record End() implements Step {}
    }

    private @Nullable Step step() {
        return switch (from) {
            case Cursor.OfRun(var run, _) -> stepInRun(run);
            case Cursor.All _ -> stepInAll(Long.MAX_VALUE);
            case Cursor.OfTree(var run, _) -> stepBelow(run);
            case Cursor.OfSession(var run, _, _) -> stepBelow(run);
        };
    }

    private @Nullable Step stepInRun(String run) {
        var log = log(run);
        if (log == null) return stepInForgotten(0);
        if (position >= log.size()) return log.ended() ? new Step.End() : null;
        var entry = journal.shelf().get(log.seq((int) position));
        if (entry == null) return goneInRun(log);
        position++;
        return new Step.Read(entry);
    }

    private Step goneInRun(RunLog log) {
        int to = (int) position + 1;
        while (to < log.size() && journal.shelf().get(log.seq(to)) == null) to++;
        long first = log.seq((int) position);
        var hole = new Past.Hole(first, log.seq(to - 1), to, log.origin());
        return new Step.Gone(hole, to - position);
    }

    private @Nullable RunLog log(String run) {
        var log = journal.logOf(run);
        if (log == null || log.size() == 0) return null;
        top = log.origin();
        asked = false;
        return log;
    }

    private @Nullable String run() {
        return from instanceof Cursor.OfRun(var run, _) ? run : null;
    }

    private String root() {
        if (top != null) return top.root();
        return switch (from) {
            case Cursor.OfRun(var run, _) -> run;
            case Cursor.OfTree(var run, _) -> run;
            case Cursor.OfSession(var run, _, _) -> run;
            case Cursor.All _ -> "";
        };
    }

    /** What belongs to a run lies between its first entry and its last. */
    private @Nullable Step stepBelow(String run) {
        var log = log(run);
        if (log == null) return stepInForgotten(journal.shelf().last());
        position = Math.max(position, log.seq(0) - 1);
        long end = log.ended() ? log.seq(log.size() - 1) : Long.MAX_VALUE;
        var step = stepInAll(end);
        return step == null && end < Long.MAX_VALUE ? new Step.End() : step;
    }

    private @Nullable Step stepInAll(long to) {
        long last = Math.min(to, journal.shelf().last());
        for (long seq = position + 1; seq <= last; seq++) {
            var entry = journal.shelf().get(seq);
            if (entry == null) return goneInAll(seq, last);
            position = seq;
            if (wanted(entry)) return new Step.Read(entry);
        }
        return null;
    }

    private @Nullable Step goneInAll(long first, long last) {
        long to = first;
        while (to < last && journal.shelf().get(to + 1) == null) to++;
        var next = journal.shelf().get(to + 1);
        var origin = next == null ? top : next.origin();
        if (origin != null)
            return new Step.Gone(new Past.Hole(first, to, to, origin), to - first + 1);
        missing += to - position;
        position = to;
        return null;
    }

    /** A run of which the journal knows nothing has not begun, or is long over. Asks once. */
    private @Nullable Step stepInForgotten(long to) {
        if (asked || journal.archive() == null) return null;
        asked = true;
        return new Step.Gone(new Past.Hole(position + 1, journal.shelf().last(), to, null), 0);
    }

    private boolean wanted(Entry entry) {
        return switch (from) {
            case Cursor.All _ -> true;
            case Cursor.OfRun(var run, _) -> entry.origin().run().equals(run);
            case Cursor.OfTree _ -> below(entry.origin());
            case Cursor.OfSession(_, var path, _) ->
                    below(entry.origin()) && entry.origin().path().equals(path);
        };
    }

    /** Names are used once at a time, so a path within the time of a run is below it. */
    private boolean below(Origin origin) {
        if (top == null) return origin.root().equals(root());
        return origin.root().equals(top.root())
                && (origin.path().equals(top.path()) || origin.path().startsWith(top.path() + "/"));
    }
}
