package dev.skein.session;

import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one file in turn, up to the end or a record that was not written whole. What
 * does not check is {@code store.damaged}. Used by one thread.
 */
final class FrameReader implements AutoCloseable {
    private final Path path;
    private final InputStream in;
    private long start;
    private long end;
    private Frame.@Nullable Head last;

    private FrameReader(Path path, InputStream in) {
        this.path = path;
        this.in = in;
    }

    /** Empty if there is no such file. */
    static Optional<FrameReader> open(Path path) throws IOException {
        if (!Files.exists(path)) return Optional.empty(); // cheaper than the exception
        try {
            // Reading from a stream of this kind does not end because the thread is interrupted.
            var in = new BufferedInputStream(Files.newInputStream(path));
            return Optional.of(new FrameReader(path, in));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The key of the session, which is the first record. */
    Optional<SessionKey> key() throws IOException {
        var first = next();
        if (first.isEmpty()) return Optional.empty();
        if (first.get().head().version() != 0) throw damaged(0, "it does not begin with a key");
        return Optional.of(understood(() -> FrameText.key(first.get().text())));
    }

    /** Adds all that follows; the last record read so far, or null if there is none. */
    @Nullable Tail readInto(History history) throws IOException {
        for (var frame = next(); frame.isPresent(); frame = next()) {
            var added = frame.get();
            understood(() -> {
                history.add(added);
                return added;
            });
        }
        return last == null ? null : new Tail(start, last, history.metadata());
    }

    /** Whether that record is there still; if so, the next one is read after it. */
    boolean skipTo(Tail known) throws IOException {
        try {
            in.skipNBytes(known.start());
            var head = in.readNBytes(Frame.Head.SIZE);
            if (!known.head().equals(Frame.Head.read(head).orElse(null))) return false;
            in.skipNBytes(known.head().length() + 1L);
        } catch (EOFException e) {
            return false;
        }
        start = known.start();
        end = known.end();
        last = known.head();
        return true;
    }

    /** The next record; empty at the end. */
    Optional<Frame> next() throws IOException {
        var line = in.readNBytes(Frame.Head.SIZE);
        if (line.length < Frame.Head.SIZE) return Optional.empty();
        var head =
                Frame.Head.read(line)
                        .orElseThrow(() -> damaged(end, "the head of a record does not check"));
        var text = in.readNBytes(head.length() + 1);
        if (text.length <= head.length()) return Optional.empty();
        if (!Frame.fits(head, text)) throw damaged(end, "a record does not check");
        start = end;
        end += head.whole();
        last = head;
        return Optional.of(
                new Frame(head, new String(text, 0, head.length(), StandardCharsets.UTF_8)));
    }

    /** The file is not what was written, or belongs to somebody else. */
    SkeinException damaged(long from, String why) {
        return new SkeinException(
                new StoreFailure.Damaged(
                        "Session file " + path, "is damaged from byte " + from + " on: " + why));
    }

    private <T> T understood(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw (SkeinException) damaged(start, String.valueOf(e.getMessage())).initCause(e);
        } catch (SkeinException e) {
            if (e.failure() instanceof StoreFailure) throw e;
            throw (SkeinException) damaged(start, e.failure().message()).initCause(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
