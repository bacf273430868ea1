package dev.skein.runtime;

import dev.skein.failure.Denied;
import dev.skein.failure.Limit;
import dev.skein.failure.MachineFailure;
import dev.skein.failure.SkeinException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The private folder of a live session: made when it is first asked for, gone with the session. */
final class Workspace implements AutoCloseable {
    private static final long MOST_BYTES = 64L << 20;

    private final String owner;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Path folder;
    private boolean closed;

    Workspace(String owner) {
        this.owner = owner;
    }

    /** A file that was copied, and where it is in its new workspace. */
    record Copied(long bytes, String place, String sha256) {}

    Path folder() {
        lock.lock();
        try {
            if (closed) throw new SkeinException(refused("", "the session has ended"));
            var known = folder;
            if (known != null) return known;
            var fresh = Files.createTempDirectory("skein-workspace-").toRealPath();
            folder = fresh;
            return fresh;
        } catch (IOException e) {
            throw new SkeinException(
                    new MachineFailure.Workspace(owner, "it cannot be made: " + e.getMessage()), e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Copies a file of here into a folder there. Nothing is written unless all of it is.
     *
     * @param inside the folder of the other workspace that it must stay in; empty: all of it
     * @throws SkeinException with {@code denied.files} or {@code limit.size}
     */
    Copied copy(String path, Workspace other, String inside, String as) {
        var from = existing(path);
        var there = other.folder().resolve(inside).normalize();
        var to = other.below(there, as);
        var into = Objects.requireNonNull(to.getParent(), "a place below a folder");
        try {
            other.makeFolders(into);
            var beside = Files.createTempFile(into, ".skein-", ".part");
            try {
                var copied = copied(from, beside, other.folder().relativize(to));
                Files.move(beside, to, StandardCopyOption.REPLACE_EXISTING);
                return copied;
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new SkeinException(refused(path, "it cannot be copied: " + e.getMessage()), e);
        }
    }

    private static Copied copied(Path from, Path to, Path place) throws IOException {
        long size = Files.size(from);
        if (size > MOST_BYTES) throw tooLarge(from, size);
        var digest = sha256();
        try (var in = Files.newInputStream(from, LinkOption.NOFOLLOW_LINKS);
                var out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            long bytes = in.transferTo(out);
            if (bytes > MOST_BYTES) throw tooLarge(from, bytes);
            return new Copied(bytes, place.toString(), HexFormat.of().formatHex(digest.digest()));
        }
    }

    private static SkeinException tooLarge(Path file, long size) {
        return new SkeinException(
                new Limit.Size(
                        "File '" + file.getFileName() + "'",
                        size,
                        MOST_BYTES,
                        "bytes",
                        "Send a smaller one."));
    }

    private Path existing(String path) {
        var file = below(folder(), path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
            throw new SkeinException(refused(path, "it is no regular file"));
        return file;
    }

    /** The place of a path in the folder, on which no link lies. */
    private Path below(Path top, String path) {
        var given = Path.of(path);
        var place = top.resolve(path).normalize();
        if (path.isBlank() || given.isAbsolute() || !place.startsWith(top) || place.equals(top))
            throw new SkeinException(refused(path, "it leads out of the workspace"));
        for (var at = place; at != null && !at.equals(folder()); at = at.getParent())
            if (Files.isSymbolicLink(at))
                throw new SkeinException(refused(path, "a link is on its way"));
        return place;
    }

    private void makeFolders(Path path) throws IOException {
        Files.createDirectories(path);
        if (!path.toRealPath().startsWith(folder()))
            throw new SkeinException(refused(path.toString(), "it leads out of the workspace"));
    }

    private Denied.Files refused(String path, String problem) {
        return new Denied.Files(path, problem);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        Path made;
        lock.lock();
        try {
            closed = true;
            made = folder;
        } finally {
            lock.unlock();
        }
        if (made == null) return;
        Files.walkFileTree(
                made,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @Nullable IOException failure) throws IOException {
                        if (failure != null) throw failure;
                        Files.delete(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
