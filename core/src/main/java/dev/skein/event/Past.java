package dev.skein.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a reader finds in an archive in the place of entries that the journal keeps no longer, with
 * a gap where they are gone there too. For the reader's thread, which holds no lock then.
 */
final class Past implements AutoCloseable {
    private final Archive archive;
    private final Archive.Recording recording;
    private final Predicate<Entry> wanted;
    private final @Nullable String run;
    private Hole hole = new Hole(1, 0, 0, null);
    private @Nullable Entry ahead;
    private @Nullable Origin origin;
    private long read;
    private long position;
    private long missing;
    private boolean over = true;

    /**
     * Entries that are not in the journal.
     *
     * @param first their lowest {@code seq}
     * @param last their highest {@code seq}
     * @param to the reader's position behind them
     * @param origin of the gap that they leave; null: that of what is found
     */
    record Hole(long first, long last, long to, @Nullable Origin origin) {
        Entry gap(long number) {
            if (origin == null) throw new IllegalStateException("a hole of nothing");
            return new Entry(last, number, origin, Instant.EPOCH, new Event.Gap(first, last));
        }
    }

    /**
     * @param run whose numbers are positions; null: positions are those in the whole journal
     * @param wanted what belongs to the reader
     */
    Past(
            Archive archive,
            Archive.Recording recording,
            @Nullable String run,
            Predicate<Entry> wanted) {
        this.archive = archive;
        this.recording = recording;
        this.run = run;
        this.wanted = wanted;
    }

    /** From now on what is in that hole is read, from the reader's position on. */
    void enter(Hole hole, long position) {
        this.hole = hole;
        this.position = position;
        if (hole.origin() != null) origin = hole.origin();
        read = Math.max(read, hole.first() - 1);
        over = false;
    }

    /** All of the hole was read. */
    boolean over() {
        return over;
    }

    long position() {
        return position;
    }

    /** How many were missing here too, in all holes so far. */
    long missing() {
        return missing;
    }

    /** The next entry of the hole; empty if it is over, or the time has passed. */
    Optional<Entry> next(Duration limit) throws InterruptedException {
        if (over || !archive.await(hole.last(), limit)) return Optional.empty();
        for (var entry = take(); entry != null; entry = take()) {
            var found = run == null ? inTree(entry) : inRun(entry);
            if (found != null) return Optional.of(found);
        }
        over = true;
        return Optional.ofNullable(rest());
    }

    /** The next that is in the hole. */
    private @Nullable Entry take() {
        var entry = ahead == null ? recording.next(read).orElse(null) : ahead;
        ahead = entry;
        if (entry == null || entry.seq() > hole.last()) return null;
        ahead = null;
        if (origin == null) origin = entry.origin();
        return entry;
    }

    /** Its numbers tell what is missing. */
    private @Nullable Entry inRun(Entry entry) {
        boolean own = !(entry.event() instanceof Event.Gap) && wanted.test(entry);
        if (own && entry.number() > position + 1) {
            ahead = entry;
            return gap(position, entry.seq() - 1, entry.number() - 1);
        }
        read = entry.seq();
        if (!own || entry.number() <= position) return null;
        position = entry.number();
        return entry;
    }

    private @Nullable Entry inTree(Entry entry) {
        if (entry.event() instanceof Event.Gap(var first, var last)) {
            long from = Math.max(Math.max(position, read), first - 1);
            return last > from ? gap(from, last, last) : null;
        }
        read = entry.seq();
        if (entry.seq() <= position || !wanted.test(entry)) return null;
        position = entry.seq();
        return entry;
    }

    /** What of the hole's end will never be found. */
    private @Nullable Entry rest() {
        long known = run == null ? Math.max(Math.max(position, read), archive.written()) : position;
        if (known < hole.to()) return gap(known, hole.last(), hole.to());
        position = Math.max(position, hole.to());
        return null;
    }

    private @Nullable Entry gap(long from, long last, long to) {
        missing += to - from;
        position = to;
        long first = (run == null ? from : read) + 1;
        read = last;
        return origin == null ? null : new Hole(first, last, to, origin).gap(run == null ? 0 : to);
    }

    @Override
    public void close() {
        recording.close();
    }
}
