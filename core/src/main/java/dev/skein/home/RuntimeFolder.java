package dev.skein.home;

import dev.skein.policy.Environment;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a live runtime: {@code lock}, which is held as long as the runtime lives, {@code
 * runtime.json}, and {@code owned.jsonl}, what is to be ended should the process die. Gone after
 * {@link #close()}.
 *
 * <p>It is made under a hidden name and gets its own when its lock is held, so that nobody takes a
 * runtime that starts for one that died. Thread-safe. What the disk refuses is {@code
 * denied.files}.
 */
public final class RuntimeFolder implements AutoCloseable {
    static final String LOCK = "lock";
    static final String CARD = "runtime.json";
    static final String OWNED = "owned.jsonl";

    private final Path path;
    private final FileChannel lock;
    private final ReentrantLock writing = new ReentrantLock();
    private RuntimeCard card;
    private @Nullable Path socket;
    private boolean closed;

    private RuntimeFolder(Path path, FileChannel lock, RuntimeCard card) {
        this.path = path;
        this.lock = lock;
        this.card = card;
    }

    /**
     * Makes the folder of this process's runtime and takes its lock.
     *
     * @throws dev.skein.failure.SkeinException with {@code denied.files} if it cannot be made
     */
    public static RuntimeFolder make(Home home, RuntimeCard card) {
        var path = home.runtimesFolder().resolve(card.id());
        return Home.perform(
                path,
                () -> {
                    PrivateFiles.folder(home.runtimesFolder());
                    var hidden = PrivateFiles.folder(path.resolveSibling("." + card.id()));
                    var lock = locked(PrivateFiles.made(hidden.resolve(LOCK)));
                    try {
                        card.write(hidden.resolve(CARD));
                        PrivateFiles.made(hidden.resolve(OWNED));
                        Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
                        return new RuntimeFolder(path, lock, card);
                    } catch (IOException e) {
                        lock.close();
                        PrivateFiles.delete(hidden);
                        throw e;
                    }
                });
    }

    public Path path() {
        return path;
    }

    /**
     * Where the runtime's control socket is to be made; {@link #announce} says so to others. At
     * most 100 bytes long, in a folder that only its owner can open.
     */
    public Path socket(Environment environment) {
        return Home.perform(
                path,
                () -> {
                    writing.lock();
                    try {
                        if (socket == null) socket = SocketPlace.in(path, environment);
                        return socket;
                    } finally {
                        writing.unlock();
                    }
                });
    }

    /** What the runtime says of itself now. */
    public RuntimeCard card() {
        writing.lock();
        try {
            return card;
        } finally {
            writing.unlock();
        }
    }

    /** Writes {@code runtime.json} anew. */
    public void announce(RuntimeCard changed) {
        write(() -> {
            changed.write(path.resolve(CARD));
            card = changed;
        });
    }

    /** Notes what must be ended if this process dies, before it is used. */
    public void own(Owned owned) {
        append(owned.line(false));
    }

    /** Notes that it has ended. */
    public void release(Owned owned) {
        append(owned.line(true));
    }

    /** Removes the folder and gives the lock back. Idempotent. */
    @Override
    public void close() {
        write(() -> {
            closed = true;
            if (socket != null) SocketPlace.remove(card.withSocket(socket.toString()));
            try (lock) {
                PrivateFiles.delete(path);
            }
        });
    }

    private void append(String line) {
        write(() ->
                PrivateFiles.append(path.resolve(OWNED), line.getBytes(StandardCharsets.UTF_8)));
    }

    private interface Writing {
        void perform() throws IOException;
    }

    /** Nothing is written any more after the end. */
    private void write(Writing work) {
        writing.lock();
        try {
            if (closed) return;
            Home.perform(
                    path,
                    () -> {
                        work.perform();
                        return path;
                    });
        } finally {
            writing.unlock();
        }
    }

    /** An interrupt would close the file, and another one would have to be locked. */
    private static FileChannel locked(Path file) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                try {
                    if (channel.tryLock() != null) return channel;
                    channel.close();
                    throw new IOException(file + " is locked");
                } catch (ClosedByInterruptException e) {
                    interrupted = Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
