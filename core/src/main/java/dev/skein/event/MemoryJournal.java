package dev.skein.event;

import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import dev.skein.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a process that need not survive it. One lock orders all appends; it is held for a
 * few field writes, never while anything is hashed, called or waited for. Readers pull under the
 * same lock and are woken only when one of them waits.
 */
final class MemoryJournal implements Journal {
    private static final int BYTES_PER_ENTRY = 200;

    private final InstantSource clock;
    private final int maxEntries;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final EntryShelf shelf = new EntryShelf();
    private final Map<String, RunLog> runs = new HashMap<>();
    private final Map<String, Content> contents = new HashMap<>();
    private final ArrayDeque<RunLog> finished = new ArrayDeque<>();
    private volatile @Nullable Archive archive;
    private long bytes;
    private int waiting;
    private boolean closed;

    MemoryJournal(InstantSource clock, int maxEntries, long maxBytes) {
        if (maxEntries < 1 || maxBytes < 1)
            throw new IllegalArgumentException("the bounds of a journal are at least 1");
        this.clock = clock;
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    @Override
    public Entry append(Origin origin, Event event) {
        var at = clock.instant();
        var keeper = archive;
        long archived = keeper == null ? Long.MAX_VALUE : keeper.written();
        lock.lock();
        try {
            checkOpen();
            var log = log(origin.run());
            var entry = new Entry(shelf.last() + 1, log.size() + 1, origin, at, event);
            shelf.add(entry);
            log.add(entry);
            bytes += BYTES_PER_ENTRY + weight(event);
            if (event instanceof RunEvent.RunEnded) finished.add(log);
            evict(archived);
            if (waiting > 0) grown.signalAll();
            log.wake();
            return entry;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Ref keep(String run, String mediaType, String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        var hash = Hashes.sha256(utf8);
        lock.lock();
        try {
            checkOpen();
            var content = contents.get(hash);
            log(run).use(content == null ? added(hash, text, utf8.length) : content);
        } finally {
            lock.unlock();
        }
        return new Ref(hash, utf8.length, mediaType);
    }

    @Override
    public Optional<String> content(Ref ref) {
        return locked(() -> Optional.ofNullable(contents.get(ref.hash())).map(Content::text));
    }

    @Override
    public EventReader read(Cursor from) {
        return new MemoryReader(this, from);
    }

    @Override
    public void archive(Archive archive) {
        this.archive = archive;
    }

    @Nullable Archive archive() {
        return archive;
    }

    @Override
    public long last() {
        return locked(shelf::last);
    }

    @Override
    public long last(String run) {
        return locked(() -> {
            var log = runs.get(run);
            return log == null ? 0L : log.size();
        });
    }

    @Override
    public Optional<Entry> entry(String run, long number) {
        return locked(() -> {
            var log = runs.get(run);
            if (log == null || number < 1 || number > log.size()) return Optional.empty();
            return Optional.ofNullable(shelf.get(log.seq((int) number - 1)));
        });
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            grown.signalAll();
            runs.values().forEach(RunLog::wake);
        } finally {
            lock.unlock();
        }
    }

    EntryShelf shelf() {
        return shelf;
    }

    @Nullable RunLog logOf(String run) {
        return runs.get(run);
    }

    boolean closed() {
        return closed;
    }

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks again whenever something was appended, to that run if one is named, until there is an
     * answer or the time has passed. A reader's wait is its own affair, so it goes by the real
     * clock.
     */
    <T> @Nullable T await(Supplier<@Nullable T> look, @Nullable String run, Duration limit)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left =
                    limit.compareTo(Duration.ofDays(365)) > 0
                            ? TimeUnit.DAYS.toNanos(365)
                            : limit.toNanos();
            for (var found = look.get(); ; found = look.get()) {
                if (found != null || closed || left <= 0) return found;
                left = run == null ? awaitAny(left) : log(run).await(lock, left);
            }
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // who calls it looks again
    private long awaitAny(long nanos) throws InterruptedException {
        waiting++;
        try {
            return grown.awaitNanos(nanos);
        } finally {
            waiting--;
        }
    }

    /** What an entry holds beyond itself. */
    private static long weight(Event event) {
        return event instanceof Event.Emitted(_, var data) ? weight(data) : 0;
    }

    private static long weight(Json json) {
        return switch (json) {
            case Json.Text(var text) -> 40 + text.length();
            case Json.Num(var digits) -> 40 + digits.length();
            case Json.Bool _, Json.Null _ -> 0;
            case Json.Arr(var items) -> 40 + items.stream().mapToLong(MemoryJournal::weight).sum();
            case Json.Obj(var fields) ->
                    40
                            + fields.entrySet().stream()
                                    .mapToLong(field ->
                                            80 + field.getKey().length() + weight(field.getValue()))
                                    .sum();
        };
    }

    private RunLog log(String run) {
        return runs.computeIfAbsent(run, RunLog::new);
    }

    private Content added(String hash, String text, long size) {
        var content = new Content(hash, text, size);
        contents.put(hash, content);
        bytes += size;
        return content;
    }

    /** The newest entry stays, and so does its run: readers have to see how far the journal is. */
    private void evict(long archived) {
        if (!isFull(false)) return;
        while (!finished.isEmpty()) {
            var oldest = finished.getFirst();
            long last = oldest.seq(oldest.size() - 1);
            if (last == shelf.last()) return;
            if (!isFull(last > archived)) break;
            finished.removeFirst();
            runs.remove(oldest.run());
            for (int i = 0; i < oldest.size(); i++) remove(oldest.seq(i));
            for (var content : oldest.contents()) if (content.released()) remove(content);
        }
        for (long oldest = shelf.oldest(); oldest < shelf.last(); oldest = shelf.oldest()) {
            if (!isFull(oldest > archived)) return;
            remove(oldest);
        }
    }

    /** What no archive has yet may take as much again. */
    private boolean isFull(boolean unarchived) {
        int times = unarchived ? 2 : 1;
        return shelf.size() > times * (long) maxEntries || bytes > times * maxBytes;
    }

    private void remove(long seq) {
        var entry = shelf.get(seq);
        if (entry == null) return;
        shelf.remove(seq);
        bytes -= BYTES_PER_ENTRY + weight(entry.event());
    }

    private void remove(Content content) {
        contents.remove(content.hash());
        bytes -= content.size();
    }

    private void checkOpen() {
        if (closed)
            throw new SkeinException(
                    new StoreFailure.Unavailable("The journal in memory", "it is closed"));
    }
}
