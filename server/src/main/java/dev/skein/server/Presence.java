package dev.skein.server;

import dev.skein.failure.Denied;
import dev.skein.failure.SkeinException;
import dev.skein.home.Home;
import dev.skein.home.Owned;
import dev.skein.home.ProcessId;
import dev.skein.home.RuntimeCard;
import dev.skein.home.RuntimeFolder;
import dev.skein.machine.Processes;
import dev.skein.machine.Processes.Noted;
import dev.skein.policy.Control;
import dev.skein.policy.Timekeeper;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.Companion;
import dev.skein.runtime.RunHandle;
import dev.skein.view.RunFiles;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a runtime known to the other programs of its user: a folder of its own below {@code
 * ~/.skein}, files of its runs, and a control socket. Where that folder cannot be made, the runtime
 * runs without, and says so once, unless its configuration requires it.
 */
public final class Presence implements Companion {
    private static final System.Logger LOG = System.getLogger("dev.skein.server");
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int ID_LENGTH = 8;

    /** For the service loader. */
    public Presence() {}

    @Override
    public AutoCloseable accompany(AgentRuntime runtime) throws InterruptedException {
        var opening = new Opening(runtime);
        try {
            return opening.open();
        } catch (SkeinException e) {
            opening.close();
            throw e;
        } catch (IOException e) {
            opening.close();
            var home = Home.place(runtime.config().ports().environment());
            throw new SkeinException(new Denied.Files(home.toString(), "cannot be used: " + e), e);
        }
    }

    /** What is open, last made last. */
    private static final class Opening implements AutoCloseable, Processes.Book {
        private final AgentRuntime runtime;
        private final ArrayDeque<AutoCloseable> open = new ArrayDeque<>();
        private final AtomicReference<@Nullable RuntimeFolder> book = new AtomicReference<>();

        Opening(AgentRuntime runtime) {
            this.runtime = runtime;
        }

        Opening open() throws IOException {
            var ports = runtime.config().ports();
            var control = runtime.config().stores().control();
            var time = Timekeeper.of(ports.clock());
            var home = Home.open(ports.environment());
            var folder = own(RuntimeFolder.make(home, card(time)));
            book.set(folder);
            own(pruning(home, control.retention(), time));
            var files =
                    new RunFiles.Setting(
                            home.runsFolder(),
                            control.runFiles(),
                            program(folder.card(), runtime),
                            time);
            var kept = own(RunFiles.start(runtime.journal(), files));
            if (control.runFiles() != Control.RunFiles.NONE)
                runtime.journal().archive(kept.archive());
            var socket = folder.socket(ports.environment());
            own(ControlSocket.open(socket, router(Runs.of(runtime)), time));
            folder.announce(folder.card().withSocket(socket.toString()));
            return this;
        }

        @Override
        public void mark(String beginning) {
            folder().own(new Owned(Owned.MARK, ProcessId.current(), beginning, ""));
        }

        @Override
        public void own(Noted noted) {
            folder().own(line(noted));
        }

        @Override
        public void release(Noted noted) {
            folder().release(line(noted));
        }

        private static Owned line(Noted noted) {
            var process = new ProcessId(noted.pid(), noted.start());
            return new Owned("process", process, noted.ref(), noted.run());
        }

        private RuntimeFolder folder() {
            return Objects.requireNonNull(book.get(), "it is told of nothing before it is open");
        }

        /** Last made first. An interrupt keeps nothing from being closed. */
        @Override
        public void close() {
            boolean interrupted = Thread.interrupted();
            while (!open.isEmpty()) interrupted |= closeInterrupted(open.pop());
            if (interrupted) Thread.currentThread().interrupt();
        }

        private static boolean closeInterrupted(AutoCloseable thing) {
            try {
                thing.close();
                return false;
            } catch (InterruptedException e) {
                return true;
            } catch (Exception e) {
                LOG.log(Level.WARNING, "something was left behind: " + e.getMessage(), e);
                return false;
            }
        }

        private <T extends AutoCloseable> T own(T thing) {
            open.push(thing);
            return thing;
        }
    }

    private static RunFiles.Program program(RuntimeCard card, AgentRuntime runtime) {
        return new RunFiles.Program(
                card.program(),
                card.process().pid(),
                card.id(),
                card.version(),
                run -> runtime.findRun(run).map(RunHandle::summary).orElse(""));
    }

    static Router router(Runs runs) {
        var seeing = new Seeing(runs, new Overviews(runs)).routes();
        return new Router(
                Stream.of(seeing, new Steering(runs).routes()).flatMap(List::stream).toList());
    }

    /**
     * What ended long ago is removed meanwhile; who closes does not wait until all is looked at.
     */
    private static AutoCloseable pruning(Home home, Control.Retention retention, Timekeeper time) {
        var enough = new AtomicBoolean();
        var thread =
                Thread.ofVirtual()
                        .name("skein-prune")
                        .start(() -> {
                            try {
                                home.prune(retention, time.instant(), enough::get);
                            } catch (SkeinException e) {
                                LOG.log(Level.WARNING, "old runs stay: " + e.getMessage());
                            }
                        });
        return () -> {
            enough.set(true);
            thread.join();
        };
    }

    private static RuntimeCard card(Timekeeper time) {
        var version = Presence.class.getPackage().getImplementationVersion();
        return new RuntimeCard(
                id(),
                ProcessId.current(),
                Program.ofProcess(),
                Objects.requireNonNullElse(version, "development"),
                null,
                null,
                time.instant());
    }

    private static String id() {
        var random = new SecureRandom();
        var id = new StringBuilder();
        for (int i = 0; i < ID_LENGTH; i++)
            id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        return id.toString();
    }
}
