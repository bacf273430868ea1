package dev.skein.machine;

import dev.skein.failure.Invalid;
import dev.skein.failure.MachineFailure;
import dev.skein.failure.SkeinException;
import dev.skein.home.Owned;
import dev.skein.home.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** A folder of this computer, and a private one for temporary files beside it. */
final class LocalMachine implements Machine {
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final String TEMPORARY = "tmp";
    private static final int SEATS = 32;
    private static final int MODES = 0777;
    private static final long LEAVING_SECONDS = 5;

    private final LocalImage image;
    private final Place place;
    private final LocalFiles files;
    private final Path own;
    private final Launch launch = Launch.ofSystem();
    private final Semaphore seats = new Semaphore(SEATS, true);
    private final Set<Running> live = ConcurrentHashMap.newKeySet();
    private final ReentrantReadWriteLock door = new ReentrantReadWriteLock();
    private final CountDownLatch gone = new CountDownLatch(1);
    private boolean closed;

    private LocalMachine(LocalImage image, Place place, LocalFiles files, Path own) {
        this.image = image;
        this.place = place;
        this.files = files;
        this.own = own;
    }

    static LocalMachine open(LocalImage image, Place place) {
        var directory = image.directory();
        try {
            PrivateFiles.folder(directory);
            var files = LocalFiles.open(directory.toRealPath(), place.processes()::newMark);
            try {
                var own =
                        Files.createTempDirectory(Owned.TEMPORARY + place.processes().mark() + "-")
                                .toRealPath();
                PrivateFiles.folder(own.resolve(TEMPORARY));
                return new LocalMachine(image, place, files, own);
            } catch (IOException e) {
                files.close();
                throw e;
            }
        } catch (IOException e) {
            var failure = new MachineFailure.Workspace(directory.toString(), said(e));
            throw new SkeinException(failure, e);
        }
    }

    private static String said(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    @Override
    public String name() {
        return place.name();
    }

    @Override
    public String kind() {
        return "local";
    }

    @Override
    public Map<String, String> describe() {
        return Map.of("isolation", "none: this user's own rights", "workspace", workspace());
    }

    @Override
    public String workspace() {
        return files.root().toString();
    }

    @Override
    public ExecResult exec(Exec exec) throws InterruptedException {
        seats.acquire();
        try {
            var running = begin(exec, exec.input().length == 0);
            try (var execution = new Execution(running, exec, this::spill)) {
                var result = execution.result();
                checkOpen();
                return result;
            } finally {
                live.remove(running);
            }
        } finally {
            seats.release();
        }
    }

    @Override
    public LiveExec start(Exec exec) throws InterruptedException {
        if (exec.input().length > 0)
            throw new SkeinException(
                    new Invalid.Call(
                            "A live command has no input of its own", "Write it to in()."));
        var running = begin(exec, false);
        var talking = Talking.start(running, () -> live.remove(running));
        if (!Thread.interrupted()) return talking;
        talking.close();
        throw new InterruptedException();
    }

    /** Whoever closes the machine finds it among those that live, or it is not started. */
    private Running begin(Exec exec, boolean silent) throws InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException();
        door.readLock().lock();
        try {
            if (closed) throw lost("it was closed", null);
            var directory = exec.directory();
            var builder =
                    launch.builder(
                            exec,
                            directory == null ? files.root() : files.folder(directory),
                            variables(exec));
            if (silent) builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            var running = Running.start(place, builder, name() + ": " + exec.argv().getFirst());
            live.add(running);
            return running;
        } catch (IOException e) {
            throw lost("no process can be started in it: " + e.getMessage(), e);
        } finally {
            door.readLock().unlock();
        }
    }

    private Map<String, String> variables(Exec exec) {
        var env = new HashMap<String, String>();
        env.put("PATH", PATH);
        env.put("HOME", System.getProperty("user.home"));
        env.put("LANG", "C.UTF-8");
        env.put("TMPDIR", own.resolve(TEMPORARY).toString());
        env.putAll(image.env());
        env.putAll(exec.env());
        return env;
    }

    private Path spill() throws IOException {
        return Files.createTempFile(own, "output-", "");
    }

    @Override
    public InputStream read(String path) {
        checkOpen();
        return files.read(path);
    }

    @Override
    public FileStat stat(String path) {
        checkOpen();
        return files.stat(path);
    }

    @Override
    public void write(String path, InputStream bytes, int mode) {
        checkOpen();
        if ((mode & ~MODES) != 0)
            throw new SkeinException(
                    new Invalid.Call(
                            "A file cannot have the mode 0" + Integer.toOctalString(mode),
                            "Use permissions from 0000 to 0777."));
        files.write(path, bytes, LocalFiles.permissions(mode));
    }

    private void checkOpen() {
        door.readLock().lock();
        try {
            if (closed) throw lost("it was closed", null);
        } finally {
            door.readLock().unlock();
        }
    }

    @Override
    public void close() {
        boolean interrupted = false;
        if (shut()) {
            try {
                interrupted = end();
            } finally {
                gone.countDown();
            }
        } else interrupted = awaitGone();
        if (interrupted) Thread.currentThread().interrupt();
    }

    /** False: somebody has done so. */
    private boolean shut() {
        door.writeLock().lock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            door.writeLock().unlock();
        }
    }

    private boolean end() {
        var left = Running.end(live);
        boolean interrupted = left.isEmpty() && awaitLeaving();
        try {
            files.close();
            PrivateFiles.delete(own);
        } catch (IOException e) {
            throw lost("its temporary files cannot be removed: " + said(e), e);
        }
        if (!left.isEmpty()) throw lost("its processes " + left + " cannot be ended", null);
        return interrupted;
    }

    /** Until those who waited for their commands do not use its files any more. */
    private boolean awaitLeaving() {
        boolean interrupted = false;
        while (true) {
            try {
                if (seats.tryAcquire(SEATS, LEAVING_SECONDS, TimeUnit.SECONDS))
                    seats.release(SEATS);
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private boolean awaitGone() {
        boolean interrupted = false;
        while (true) {
            try {
                gone.await();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private SkeinException lost(String problem, @Nullable Throwable cause) {
        return Processes.lost(name(), problem, cause);
    }

    @Override
    public String toString() {
        return name() + " in " + List.of(workspace());
    }
}
