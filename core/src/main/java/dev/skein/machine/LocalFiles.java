package dev.skein.machine;

import dev.skein.failure.MachineFailure;
import dev.skein.failure.SkeinException;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files below a folder. Each folder on the way is opened by its name in the one before, and not
 * if it is a link: whoever swaps something for a link at any moment gets nobody to follow it.
 */
final class LocalFiles implements Closeable {
    private static final Set<OpenOption> READ =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> CREATE =
            Set.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
    private static final int CHUNK = 16 << 10;

    private final Path root;
    private final SecureDirectoryStream<Path> top;
    private final Supplier<String> unique;

    private interface Work<T> {
        T in(SecureDirectoryStream<Path> folder, Path name) throws IOException;
    }

    private LocalFiles(Path root, SecureDirectoryStream<Path> top, Supplier<String> unique) {
        this.root = root;
        this.top = top;
        this.unique = unique;
    }

    /**
     * @param unique makes names that nobody has
     */
    @SuppressWarnings("StreamResourceLeak") // who opens it closes it
    static LocalFiles open(Path root, Supplier<String> unique) throws IOException {
        var stream = Files.newDirectoryStream(root);
        if (stream instanceof SecureDirectoryStream<Path> secure)
            return new LocalFiles(root, secure, unique);
        stream.close();
        throw new IOException("this system cannot open files without following links");
    }

    Path root() {
        return root;
    }

    /** A folder, for a process to run in. */
    Path folder(String path) {
        if (!stat(path).directory()) throw refused(path, "it is no folder");
        return root.resolve(WorkspacePath.of(root, path));
    }

    FileStat stat(String path) {
        var place = WorkspacePath.of(root, path);
        if (place.toString().isEmpty())
            return perform(
                    path, () -> stat(top.getFileAttributeView(PosixFileAttributeView.class)));
        return at(
                path,
                false,
                (folder, name) -> {
                    attributes(folder, name, path);
                    return stat(view(folder, name, PosixFileAttributeView.class));
                });
    }

    private static FileStat stat(PosixFileAttributeView view) throws IOException {
        var seen = view.readAttributes();
        return new FileStat(seen.size(), mode(seen.permissions()), seen.isDirectory());
    }

    InputStream read(String path) {
        return at(
                path,
                false,
                (folder, name) -> {
                    var seen = attributes(folder, name, path);
                    if (!seen.isRegularFile()) throw refused(path, "it is no regular file");
                    if (seen.size() > Machine.FILE_BYTES)
                        throw refused(path, tooLarge(seen.size()));
                    return new Bounded(
                            Channels.newInputStream(folder.newByteChannel(name, READ)), path);
                });
    }

    void write(String path, InputStream bytes, Set<PosixFilePermission> mode) {
        at(
                path,
                true,
                (folder, name) -> {
                    var there = existing(folder, name);
                    if (there != null && there.isSymbolicLink()) throw leaves(path);
                    if (there != null && !there.isRegularFile())
                        throw refused(path, "something that is no regular file is there");
                    var beside = Path.of(".skein-" + unique.get() + ".part");
                    try {
                        fill(folder, beside, new Bounded(bytes, path));
                        view(folder, beside, PosixFileAttributeView.class).setPermissions(mode);
                        folder.move(beside, folder, name);
                    } catch (IOException | RuntimeException e) {
                        if (existing(folder, beside) != null) folder.deleteFile(beside);
                        throw e;
                    }
                    return name;
                });
    }

    private static void fill(SecureDirectoryStream<Path> folder, Path name, InputStream bytes)
            throws IOException {
        var owner =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (OutputStream out =
                Channels.newOutputStream(folder.newByteChannel(name, CREATE, owner))) {
            var chunk = new byte[CHUNK];
            for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk))
                out.write(chunk, 0, read);
        }
    }

    /** Does it in the folder that holds the last name of the path. */
    private <T> T at(String path, boolean making, Work<T> work) {
        var place = WorkspacePath.of(root, path);
        if (place.toString().isEmpty()) throw refused(path, "it is the workspace itself");
        return perform(
                path,
                () -> {
                    var above = place.getParent();
                    if (above == null) return work.in(top, place.getFileName());
                    try (var way = new Way()) {
                        return work.in(way.to(above, making, path), place.getFileName());
                    }
                });
    }

    /** The folders that are open on the way. */
    private final class Way implements Closeable {
        private @Nullable SecureDirectoryStream<Path> opened;

        SecureDirectoryStream<Path> to(Path above, boolean making, String path) throws IOException {
            var gone = root;
            var at = top;
            for (var name : above) {
                gone = gone.resolve(name);
                var seen = existing(at, name);
                if (seen == null && making) Files.createDirectory(gone);
                if (seen != null && seen.isSymbolicLink()) throw leaves(path);
                if (seen != null && !seen.isDirectory())
                    throw refused(path, "'" + name + "' is no folder");
                var next = at.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
                close();
                opened = next;
                at = next;
            }
            return at;
        }

        @Override
        public void close() throws IOException {
            if (opened != null) opened.close();
        }
    }

    private static BasicFileAttributes attributes(
            SecureDirectoryStream<Path> folder, Path name, String path) throws IOException {
        var seen = view(folder, name, BasicFileAttributeView.class).readAttributes();
        if (seen.isSymbolicLink()) throw leaves(path);
        return seen;
    }

    private static @Nullable BasicFileAttributes existing(
            SecureDirectoryStream<Path> folder, Path name) throws IOException {
        try {
            return view(folder, name, BasicFileAttributeView.class).readAttributes();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static <V extends BasicFileAttributeView> V view(
            SecureDirectoryStream<Path> folder, Path name, Class<V> type) throws IOException {
        var view = folder.getFileAttributeView(name, type, LinkOption.NOFOLLOW_LINKS);
        if (view == null) throw new IOException("this system has no " + type.getSimpleName());
        return view;
    }

    private interface Reading<T> {
        T perform() throws IOException;
    }

    private static <T> T perform(String path, Reading<T> reading) {
        try {
            return reading.perform();
        } catch (NoSuchFileException e) {
            throw new SkeinException(new MachineFailure.File(path, "there is no such file"), e);
        } catch (IOException e) {
            throw new SkeinException(new MachineFailure.File(path, "" + e.getMessage()), e);
        }
    }

    private static String tooLarge(long size) {
        return "it has " + (size >> 20) + " MiB, limit " + (Machine.FILE_BYTES >> 20) + " MiB";
    }

    private static SkeinException refused(String path, String problem) {
        return new SkeinException(new MachineFailure.File(path, problem));
    }

    private static SkeinException leaves(String path) {
        return new SkeinException(new MachineFailure.Path(path));
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (char one : PosixFilePermissions.toString(permissions).toCharArray())
            mode = 2 * mode + (one == '-' ? 0 : 1);
        return mode;
    }

    static Set<PosixFilePermission> permissions(int mode) {
        var letters = "rwxrwxrwx".toCharArray();
        for (int i = 0; i < letters.length; i++)
            if ((mode & 1 << (letters.length - 1 - i)) == 0) letters[i] = '-';
        return PosixFilePermissions.fromString(new String(letters));
    }

    @Override
    public void close() throws IOException {
        top.close();
    }

    /** A file may grow while it is read. */
    private static final class Bounded extends FilterInputStream {
        private final String path;
        private long bytes;

        Bounded(InputStream in, String path) {
            super(in);
            this.path = path;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            if (one >= 0) count(1);
            return one;
        }

        @Override
        public int read(byte[] chunk, int from, int length) throws IOException {
            int read = super.read(chunk, from, length);
            if (read > 0) count(read);
            return read;
        }

        private void count(int read) {
            bytes += read;
            if (bytes > Machine.FILE_BYTES) throw refused(path, tooLarge(bytes));
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
