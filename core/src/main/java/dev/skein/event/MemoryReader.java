package dev.skein.event;

import java.time.Duration;
import java.util.Objects;
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
                };
    }

    @Override
    public Optional<Entry> next(Duration limit) throws InterruptedException {
        if (ended) return Optional.empty();
        var step = journal.await(this::step, limit);
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
        return from instanceof Cursor.OfRun(var run, _) ? stepInRun(run) : stepInAll();
    }

    private @Nullable Step stepInRun(String run) {
        var log = journal.logOf(run);
        if (log == null) return null;
        if (position >= log.size()) return log.ended() ? new Step.End() : null;
        long seq = log.seq((int) position++);
        return new Step.Read(Objects.requireNonNull(journal.shelf().get(seq)));
    }

    private @Nullable Step stepInAll() {
        long gapFrom = 0;
        for (long seq = position + 1; seq <= journal.shelf().last(); seq++) {
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
        return rootEnded() ? new Step.End() : null;
    }

    private boolean rootEnded() {
        if (!(from instanceof Cursor.OfTree(var root, _))) return false;
        var log = journal.logOf(root);
        return log != null && log.ended();
    }

    private Entry gap(long first, long last, Entry next) {
        return new Entry(last, 0, next.origin(), next.at(), new Event.Gap(first, last));
    }

    private boolean wanted(Entry entry) {
        return !(from instanceof Cursor.OfTree(var root, _)) || entry.origin().root().equals(root);
    }
}
