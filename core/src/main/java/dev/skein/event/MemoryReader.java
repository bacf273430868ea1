package dev.skein.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks the journal by number; where entries are gone it makes one gap and goes on. */
final class MemoryReader implements EventReader {
    private final MemoryJournal journal;
    private final Cursor from;
    private long position;
    private long missing;
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
        if (ended) return Optional.empty();
        var step = journal.await(this::step, run(), limit);
        if (step instanceof Step.Read(var entry)) return Optional.of(entry);
        ended = step != null || journal.locked(journal::closed);
        return Optional.empty();
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
    }

    /** What a look at the journal found; null: nothing yet. */
    private sealed interface Step {
        record Read(Entry entry) implements Step {}

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
        var log = journal.logOf(run);
        if (log == null) return null;
        if (position >= log.size()) return log.ended() ? new Step.End() : null;
        var entry = journal.shelf().get(log.seq((int) position++));
        return new Step.Read(entry == null ? goneInRun(log) : entry);
    }

    /** One gap for all that is gone from here on. */
    private Entry goneInRun(RunLog log) {
        long first = log.seq((int) position - 1);
        missing++;
        while (position < log.size() && journal.shelf().get(log.seq((int) position)) == null) {
            position++;
            missing++;
        }
        long last = log.seq((int) position - 1);
        return new Entry(last, position, log.origin(), Instant.EPOCH, new Event.Gap(first, last));
    }

    private @Nullable String run() {
        return from instanceof Cursor.OfRun(var run, _) ? run : null;
    }

    /** What belongs to a run lies between its first entry and its last. */
    private @Nullable Step stepBelow(String run) {
        var log = journal.logOf(run);
        if (log == null || log.size() == 0) return null;
        position = Math.max(position, log.seq(0) - 1);
        long end = log.ended() ? log.seq(log.size() - 1) : Long.MAX_VALUE;
        var step = stepInAll(end);
        return step == null && end < Long.MAX_VALUE ? new Step.End() : step;
    }

    private @Nullable Step stepInAll(long to) {
        long gapFrom = 0;
        for (long seq = position + 1; seq <= Math.min(to, journal.shelf().last()); seq++) {
            var entry = journal.shelf().get(seq);
            if (entry == null) {
                gapFrom = gapFrom == 0 ? seq : gapFrom;
                missing++;
                position = seq;
            } else if (gapFrom > 0) {
                return new Step.Read(gap(gapFrom, seq - 1, entry));
            } else {
                position = seq;
                if (wanted(entry)) return new Step.Read(entry);
            }
        }
        return null;
    }

    private Entry gap(long first, long last, Entry next) {
        return new Entry(last, 0, next.origin(), next.at(), new Event.Gap(first, last));
    }

    private boolean wanted(Entry entry) {
        return switch (from) {
            case Cursor.All _, Cursor.OfRun _ -> true;
            case Cursor.OfTree(var run, _) -> below(run, entry.origin());
            case Cursor.OfSession(var run, var path, _) ->
                    below(run, entry.origin()) && entry.origin().path().equals(path);
        };
    }

    /** Names are used once at a time, so a path within the time of a run is below it. */
    private boolean below(String run, Origin origin) {
        var log = journal.logOf(run);
        if (log == null) return false;
        var top = log.origin();
        return origin.root().equals(top.root())
                && (origin.path().equals(top.path()) || origin.path().startsWith(top.path() + "/"));
    }
}
