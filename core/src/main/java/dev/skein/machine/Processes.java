package dev.skein.machine;

import dev.skein.failure.MachineFailure;
import dev.skein.failure.SkeinException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Starts the processes of one runtime, all of them from one thread of the platform that lives until
 * the end: a process may ask to die with the thread that started it. Whoever opens it closes it.
 */
public final class Processes implements AutoCloseable {
    private static final int MARK_BYTES = 8;

    private final SecureRandom random = new SecureRandom();
    private final String mark = hex();
    private final ExecutorService starter =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("skein-processes").daemon().factory());
    private final AtomicReference<Book> book = new AtomicReference<>(Book.NONE);

    private Processes() {}

    /** Writes down what must be ended if this program dies. */
    public interface Book {
        /** Writes nothing. */
        Book NONE =
                new Book() {
                    @Override
                    public void mark(String beginning) {}

                    @Override
                    public void own(Noted noted) {}

                    @Override
                    public void release(Noted noted) {}
                };

        /** Before all others: how {@code SKEIN_EXEC} begins in the environments of all of them. */
        void mark(String beginning);

        /** It is running, and is not used before this returns. */
        void own(Noted noted);

        /** It has ended, with all that it started. */
        void release(Noted noted);
    }

    /**
     * A process.
     *
     * @param start tells it from a later one of the same number
     * @param mark the value of {@code SKEIN_EXEC} in its environment and in those of what it starts
     * @param ref what it is, for people
     * @param run for which run it was started
     */
    public record Noted(long pid, String start, String mark, String ref, String run) {}

    /** Its thread is started with the first process. */
    public static Processes open() {
        return new Processes();
    }

    /** From now on the book is told of each. */
    public void note(Book book) {
        book.mark(mark);
        this.book.set(book);
    }

    Book book() {
        return book.get();
    }

    /** How the value of {@code SKEIN_EXEC} begins for all of them; 16 hexadecimal digits. */
    public String mark() {
        return mark;
    }

    /** A value of {@code SKEIN_EXEC} that nobody has had: 32 hexadecimal digits. */
    public String newMark() {
        return mark + hex();
    }

    /**
     * Starts a process from the one thread. Waits for that although the caller is interrupted, for
     * nobody would know of the process else; the interrupt is kept.
     *
     * @throws IOException as {@link ProcessBuilder#start()} does
     */
    public Process start(ProcessBuilder builder) throws IOException {
        boolean interrupted = false;
        var started = submit(builder);
        try {
            while (true) {
                try {
                    return started.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException refused) throw refused;
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private Future<Process> submit(ProcessBuilder builder) {
        try {
            return starter.submit(builder::start);
        } catch (RejectedExecutionException e) {
            throw new SkeinException(
                    new MachineFailure.Start("A process", "its runtime was closed"), e);
        }
    }

    private String hex() {
        var bytes = new byte[MARK_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Starts no more, and ends its thread. What was started is not ended. Idempotent. */
    @Override
    public void close() {
        starter.close();
    }

    static SkeinException lost(String machine, String problem, @Nullable Throwable cause) {
        var failure = new MachineFailure.Lost(machine, problem);
        return cause == null ? new SkeinException(failure) : new SkeinException(failure, cause);
    }
}
