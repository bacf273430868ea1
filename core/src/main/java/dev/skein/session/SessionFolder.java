package dev.skein.session;

import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The folder with the files of a store, and who may use which of them now.
 *
 * @param path the folder
 * @param disk how bytes get to it
 * @param lanes who may use which files
 */
record SessionFolder(Path path, Disk disk, Lanes lanes) {
    private static final String SUFFIX = ".session";
    private static final long NEARLY_FULL = 1 << 20;
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /** Makes the folder, and those above it, for their owner alone. */
    static SessionFolder open(Path path, Disk disk) {
        var whole = path.toAbsolutePath().normalize();
        var folder = new SessionFolder(whole, disk, new Lanes(whole));
        folder.translated(() -> folder.madeFolder(folder.path));
        return folder;
    }

    private Path madeFolder(Path wanted) throws IOException {
        if (Files.isDirectory(wanted)) return wanted;
        var above = wanted.getParent();
        if (above != null) madeFolder(above);
        Files.createDirectories(wanted, mode("rwx------"));
        if (above != null) disk.force(above);
        return wanted;
    }

    Path file(String id) {
        return path.resolve(id + SUFFIX);
    }

    /** Where what will take the file's place is written. */
    Path part(String id) {
        return path.resolve(id + ".part");
    }

    /** The file itself; empty, for its owner alone, if it was not there. */
    static Path made(Path file) throws IOException {
        if (Files.exists(file)) return file;
        try {
            return Files.createFile(file, mode("rw-------"));
        } catch (FileAlreadyExistsException e) {
            return file; // another process was faster
        }
    }

    /** The ids of all sessions that have a file. */
    Set<String> ids() throws IOException {
        var ids = new HashSet<String>();
        try (var names = Files.newDirectoryStream(path, "*" + SUFFIX)) {
            for (var each : names) {
                var name = each.getFileName().toString();
                ids.add(name.substring(0, name.length() - SUFFIX.length()));
            }
        }
        return ids;
    }

    /**
     * Reads alone among the threads of this process. What does not check is read again alone among
     * all processes: another one may have been writing it.
     */
    <T> T settled(String id, Lanes.Work<T> work) {
        return inProcess(
                id,
                () -> {
                    try {
                        return work.perform();
                    } catch (SkeinException e) {
                        if (!(e.failure() instanceof StoreFailure.Damaged)) throw e;
                        return writing(id, work);
                    }
                });
    }

    private <T> T inProcess(String id, Lanes.Work<T> work) {
        return translated(() -> lanes.inProcess(id, work));
    }

    /**
     * Alone among all processes. An interrupt ends nothing but the wait for another process.
     *
     * @throws SkeinException with {@code store.unavailable} after that interrupt
     */
    <T> T writing(String id, Lanes.Work<T> work) {
        return translated(() -> lanes.alone(id, work));
    }

    /** Waits for who works in it now; it takes no more. */
    void close() {
        translated(() -> {
            lanes.close();
            return true;
        });
    }

    <T> T translated(Lanes.Work<T> work) {
        try {
            return work.perform();
        } catch (IOException e) {
            throw new SkeinException(failure(e), e);
        }
    }

    StoreFailure unavailable(String problem) {
        return new StoreFailure.Unavailable("Session folder " + path, problem);
    }

    private StoreFailure failure(IOException problem) {
        var said = Objects.requireNonNullElse(problem.getMessage(), problem.toString());
        var words = said.toLowerCase(Locale.ROOT);
        boolean full = words.contains("no space") || words.contains("quota");
        try {
            long free = Files.getFileStore(path).getUsableSpace();
            if (full || free < NEARLY_FULL)
                return new StoreFailure.Full("in " + path, free / 1024 + " KiB");
        } catch (IOException e) {
            problem.addSuppressed(e);
        }
        return unavailable(problem.getClass().getSimpleName() + ": " + said);
    }

    private static FileAttribute<?>[] mode(String mode) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
                }
                : new FileAttribute<?>[0];
    }
}
