package dev.skein.session;

import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The folder with the files of a store, and who may use which of them now.
 *
 * <p>Sessions are dealt to 64 lanes by their ids. In a lane there is one thread of this process at
 * a time; who changes something also has the lane's lock file, so that other processes wait. A lane
 * is the same for all stores of this process, whatever their folder: the system forgets a lock of
 * the whole process as soon as any of its threads closes that lock file. The lock files stay: one
 * that is deleted could be locked twice.
 *
 * @param path the folder
 * @param disk how bytes get to it
 */
record SessionFolder(Path path, Disk disk) {
    private static final int LANES = 64;
    private static final String SUFFIX = ".session";
    private static final long NEARLY_FULL = 1 << 20;
    private static final List<ReentrantLock> IN_PROCESS =
            Stream.generate(ReentrantLock::new).limit(LANES).toList();
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /** What is done to files. */
    interface Work<T> {
        T perform() throws IOException;
    }

    /** Makes the folder, and those above it, for their owner alone. */
    static SessionFolder open(Path path, Disk disk) {
        var folder = new SessionFolder(path.toAbsolutePath().normalize(), disk);
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
    <T> T settled(String id, Work<T> work) {
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

    private <T> T inProcess(String id, Work<T> work) {
        var lane = IN_PROCESS.get(lane(id));
        lane.lock();
        try {
            return translated(work);
        } finally {
            lane.unlock();
        }
    }

    /**
     * Alone among all processes. An interrupt ends nothing but the wait for another process.
     *
     * @throws SkeinException with {@code store.unavailable} after that interrupt
     */
    <T> T writing(String id, Work<T> work) {
        return inProcess(
                id,
                () -> {
                    var name = String.format(Locale.ROOT, "%02x.lock", lane(id));
                    try (var file = new RandomAccessFile(made(path.resolve(name)).toFile(), "rw")) {
                        lock(file);
                        return work.perform();
                    }
                });
    }

    private void lock(RandomAccessFile file) throws IOException {
        try {
            // Taking a lock that is free is not interrupted, waiting for one is.
            if (file.getChannel().tryLock() == null) file.getChannel().lock();
        } catch (FileLockInterruptionException e) {
            throw new SkeinException(
                    unavailable("interrupted while another process wrote to it"), e);
        }
    }

    <T> T translated(Work<T> work) {
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

    private static int lane(String id) {
        return Math.floorMod(id.hashCode(), LANES);
    }

    private static FileAttribute<?>[] mode(String mode) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
                }
                : new FileAttribute<?>[0];
    }
}
