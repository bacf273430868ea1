package dev.skein.session;

import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may use which sessions of a folder now. Sessions are dealt to 64 lanes by their ids. In a
 * lane there is one thread of this process at a time; who changes something also holds the lane's
 * lock file, so that other processes wait.
 *
 * <p>A lane is the same for all stores of this process, whatever their folder: the system forgets a
 * lock of the whole process as soon as any of its threads closes that lock file. The lock files are
 * opened when they are first needed, and stay open until {@link #close}; they are never deleted:
 * one that was could be locked twice.
 */
final class Lanes {
    private static final int COUNT = 64;
    private static final List<ReentrantLock> IN_PROCESS =
            Stream.generate(ReentrantLock::new).limit(COUNT).toList();

    /**
     * So that none is collected, and its lock files closed, while another one of the folder has a
     * lock: docs/adr/0012.
     */
    private static final Set<Lanes> OPEN = ConcurrentHashMap.newKeySet();

    private final Path folder;

    /** Each is used by who has its lane. */
    private final @Nullable RandomAccessFile[] files = new RandomAccessFile[COUNT];

    private volatile boolean closed;

    Lanes(Path folder) {
        this.folder = folder;
        OPEN.add(this);
    }

    /** What is done to files. */
    interface Work<T> {
        T perform() throws IOException;
    }

    /** Alone among the threads of this process. */
    <T> T inProcess(String id, Work<T> work) throws IOException {
        var lane = IN_PROCESS.get(lane(id));
        lane.lock();
        try {
            return work.perform();
        } finally {
            lane.unlock();
        }
    }

    /**
     * Alone among all processes. An interrupt ends nothing but the wait for another process.
     *
     * @throws SkeinException with {@code store.unavailable} after that interrupt
     */
    <T> T alone(String id, Work<T> work) throws IOException {
        return inProcess(
                id,
                () -> {
                    int lane = lane(id);
                    try (var _ = locked(lane)) {
                        return work.perform();
                    } catch (FileLockInterruptionException e) {
                        shut(lane); // the interrupt closed it
                        throw new SkeinException(
                                unavailable("interrupted while another process wrote to it"), e);
                    }
                });
    }

    private FileLock locked(int lane) throws IOException {
        var channel = file(lane).getChannel();
        // Taking a lock that is free is not interrupted, waiting for one is.
        var free = channel.tryLock();
        return free == null ? channel.lock() : free;
    }

    private RandomAccessFile file(int lane) throws IOException {
        if (closed) throw new SkeinException(unavailable("the store is closed"));
        var file = files[lane];
        if (file == null) {
            var name = String.format(Locale.ROOT, "%02x.lock", lane);
            var path = SessionFolder.made(folder.resolve(name));
            file = new RandomAccessFile(path.toFile(), "rw");
            files[lane] = file;
        }
        return file;
    }

    /** Waits for who works in a lane now. */
    void close() throws IOException {
        closed = true;
        for (int lane = 0; lane < COUNT; lane++) {
            var door = IN_PROCESS.get(lane);
            door.lock();
            try {
                shut(lane);
            } finally {
                door.unlock();
            }
        }
        OPEN.remove(this);
    }

    private void shut(int lane) throws IOException {
        var file = files[lane];
        files[lane] = null;
        if (file != null) file.close();
    }

    private StoreFailure unavailable(String problem) {
        return new StoreFailure.Unavailable("Session folder " + folder, problem);
    }

    private static int lane(String id) {
        return Math.floorMod(id.hashCode(), COUNT);
    }
}
