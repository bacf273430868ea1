package dev.skein.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.SkeinException;
import dev.skein.policy.Control;
import dev.skein.policy.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RuntimeFolderTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:14:07Z");
    private static final ProcessId DEAD = new ProcessId(1L << 40, "0");

    @TempDir private Path temporary;
    private Home home;

    @BeforeEach
    void open() {
        home = Home.open(Environment.of(Map.of("SKEIN_HOME", temporary.resolve("h").toString())));
    }

    private static RuntimeCard card(String id, ProcessId process) {
        return new RuntimeCard(id, process, "Pool.java", "0.1.0", null, null, NOW);
    }

    private RuntimeFolder folder(String id) {
        return RuntimeFolder.make(home, card(id, ProcessId.current()));
    }

    /** A folder as a runtime leaves it that was killed. */
    private Path left(String id) throws IOException {
        var folder = PrivateFiles.folder(home.runtimesFolder().resolve(id));
        Files.createFile(folder.resolve(RuntimeFolder.LOCK));
        card(id, DEAD).write(folder.resolve(RuntimeFolder.CARD));
        return folder;
    }

    private FoundRuntime found(String id) {
        return home.runtimes().stream()
                .filter(runtime -> runtime.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** A program of its own that holds the lock of a runtime. */
    private final class Other implements AutoCloseable {
        private final Process process;
        private final ProcessHandle child;

        Other(String id) throws IOException {
            process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx64m",
                                    "-XX:+UseSerialGC",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "dev.skein.home.Holder",
                                    home.path().toString(),
                                    id)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
            var ready = Objects.requireNonNull(out.readLine(), "it did not start");
            child = ProcessHandle.of(Long.parseLong(ready.split(" ", -1)[1])).orElseThrow();
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        void end() throws IOException, InterruptedException {
            process.getOutputStream().close();
            process.waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        }
    }

    @Test
    void itsFilesAreForItsOwnerAlone() throws IOException {
        try (var folder = folder("7k2m9q4c")) {
            assertThat(mode(folder.path())).isEqualTo("rwx------");
            for (var file : List.of("lock", "runtime.json", "owned.jsonl"))
                assertThat(mode(folder.path().resolve(file))).isEqualTo("rw-------");
        }
    }

    @Test
    void itIsAliveUntilItIsClosedAndThenGone() {
        var folder = folder("7k2m9q4c");
        assertThat(home.runtimes())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.alive()).isTrue();
                    assertThat(found.card()).isEqualTo(folder.card());
                });
        folder.close();
        folder.close();
        assertThat(home.runtimesFolder()).isEmptyDirectory();
    }

    @Test
    void severalOfOneProcessAreAllAlive() throws InterruptedException {
        try (var _ = folder("aaaaaaaa");
                var _ = folder("bbbbbbbb")) {
            for (int i = 0; i < 3; i++) {
                assertThat(home.runtimes()).hasSize(2).allMatch(FoundRuntime::alive);
                for (var found : home.runtimes()) assertThat(home.reap(found).gone()).isFalse();
            }
        }
    }

    @Test
    void itIsMadeByAThreadThatWasInterrupted() {
        Thread.currentThread().interrupt();
        try (var folder = folder("7k2m9q4c")) {
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            folder.own(new Owned("process", DEAD, "sh", "r"));
            assertThat(folder.path()).exists();
        } finally {
            Thread.interrupted();
        }
        assertThat(home.runtimesFolder()).isEmptyDirectory();
    }

    @Test
    void whatItAnnouncesIsRead() {
        try (var folder = folder("7k2m9q4c")) {
            folder.announce(folder.card().withHttp("http://127.0.0.1:1").withSocket("/x/s"));
            assertThat(found("7k2m9q4c").card().http()).isEqualTo("http://127.0.0.1:1");
            assertThat(found("7k2m9q4c").card().socket()).isEqualTo("/x/s");
        }
    }

    @Test
    void oneWhoseIdIsTakenIsRefused() {
        try (var folder = folder("7k2m9q4c")) {
            assertThatThrownBy(() -> folder("7k2m9q4c"))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            refused ->
                                    assertThat(refused.failure().code()).isEqualTo("denied.files"));
            assertThat(folder.path().resolve("runtime.json")).exists();
            assertThat(home.runtimes()).hasSize(1);
        }
    }

    @Test
    @Tag("WF-65")
    @Tag("WF-83")
    void aRuntimeThatWasKilledIsFoundAndWhatItLeftIsEndedAndRemoved() throws Exception {
        var run = HomeTest.run(home, "7k2m9q4c", "working", null);
        var ended = HomeTest.run(home, "b0x81tzn", "completed", NOW);
        try (var other = new Other("rt")) {
            assertThat(found("rt").alive()).isTrue();
            assertThat(home.reap(found("rt")).gone()).isFalse();
            var below = other.child.descendants().toList();
            assertThat(other.child.isAlive()).isTrue();
            other.kill();
            assertThat(found("rt").alive()).isFalse();
            var reaped = home.reap(found("rt"));
            assertThat(reaped.gone()).isTrue();
            assertThat(reaped.ended()).extracting(Owned::ref).containsExactly("sh");
            assertThat(reaped.lost()).containsExactly(run);
            other.child.onExit().get();
            for (var process : below) process.onExit().get();
        }
        assertThat(home.runtimes()).isEmpty();
        assertThat(home.runtimesFolder()).isEmptyDirectory();
        assertThat(run.card().orElseThrow().standing().status()).isEqualTo(RunCard.LOST);
        assertThat(ended.card().orElseThrow().standing().status()).isEqualTo("completed");
    }

    @Test
    @Tag("WF-83")
    void aRuntimeThatEndsByItselfLeavesNothing() throws Exception {
        try (var other = new Other("rt")) {
            other.end();
            assertThat(home.runtimesFolder()).isEmptyDirectory();
        }
    }

    @Test
    @Tag("WF-65")
    void aProcessThatHasTheNumberOfOneThatDiedIsNotTouched() throws Exception {
        var innocent = new ProcessBuilder("sleep", "600").start();
        try {
            var mine = ProcessId.of(innocent.toHandle()).orElseThrow();
            var other = new ProcessId(mine.pid(), mine.start() + "0");
            var folder = left("rt");
            PrivateFiles.append(
                    folder.resolve(RuntimeFolder.OWNED),
                    new Owned("process", other, "sleep", "r").line(false).getBytes(UTF_8));
            assertThat(home.reap(found("rt")).ended()).isEmpty();
            assertThat(folder).doesNotExist();
            assertThat(innocent.isAlive()).isTrue();
            assertThat(other.alive()).isFalse();
            assertThat(mine.alive()).isTrue();
        } finally {
            innocent.destroyForcibly().waitFor();
        }
    }

    @Test
    void whatWasReleasedAndWhatWasNotWrittenWholeIsNotOwned() {
        var one = new Owned("process", new ProcessId(1, "a"), "sh", "r");
        var two = new Owned("terminal", new ProcessId(2, "b"), "tmux", "r");
        var lines = one.line(false) + two.line(false) + one.line(true);
        assertThat(Owned.held(lines)).containsExactly(two);
        var third = new Owned("process", new ProcessId(3, "c"), "sh", "r").line(false);
        for (int cut = 0; cut < third.length(); cut++)
            assertThat(Owned.held(lines + third.substring(0, cut))).containsExactly(two);
        assertThat(Owned.held(lines + third)).hasSize(2);
        assertThat(Owned.held("nonsense\n{}\n")).isEmpty();
    }

    @Test
    void oneThatDiedWhileItRemovedItsFolderIsRemoved() throws Exception {
        var folder = left("rt");
        Files.delete(folder.resolve(RuntimeFolder.CARD));
        assertThat(found("rt").alive()).isFalse();
        assertThat(home.reap(found("rt")).gone()).isTrue();
        assertThat(folder).doesNotExist();
        var empty = PrivateFiles.folder(home.runtimesFolder().resolve("empty"));
        assertThat(home.reap(found("empty")).gone()).isTrue();
        assertThat(empty).doesNotExist();
    }

    @Test
    void reapingWhatIsGoneDoesNothing() throws Exception {
        left("rt");
        var found = found("rt");
        assertThat(home.reap(found).gone()).isTrue();
        assertThat(home.reap(found).gone()).isFalse();
    }

    @Test
    void whatDiedWhileItStartedIsNotShownAndGoesAfterAnHour() throws IOException {
        var hidden = PrivateFiles.folder(home.runtimesFolder().resolve(".7k2m9q4c"));
        assertThat(home.runtimes()).isEmpty();
        Files.setLastModifiedTime(hidden, FileTime.from(NOW));
        home.prune(Control.Retention.standard(), NOW.plus(Duration.ofMinutes(59)), () -> false);
        assertThat(hidden).exists();
        home.prune(Control.Retention.standard(), NOW.plus(Duration.ofMinutes(61)), () -> false);
        assertThat(hidden).doesNotExist();
    }

    @Test
    @Tag("WF-81")
    void aSocketIsInTheFolderUnlessItsPathIsTooLong() throws IOException {
        var none = Environment.of(Map.of());
        var near = PrivateFiles.folder(Path.of("/tmp").resolve(temporary.getFileName() + "-near"));
        try {
            assertThat(SocketPlace.in(near, none)).isEqualTo(near.resolve("control.sock"));
        } finally {
            PrivateFiles.delete(near);
        }
        var far = temporary.resolve("x".repeat(100));
        var elsewhere = SocketPlace.in(far, none);
        assertThat(elsewhere.toString().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(100);
        assertThat(mode(Objects.requireNonNull(elsewhere.getParent()))).isEqualTo("rwx------");
        Files.createFile(elsewhere);
        SocketPlace.remove(card("rt", DEAD).withSocket(elsewhere.toString()));
        assertThat(elsewhere.getParent()).doesNotExist();
    }

    @Test
    @Tag("WF-81")
    void aFarSocketIsInTheFolderOfTheUsersSessionIfThereIsOne() throws IOException {
        var session = Files.createTempDirectory(Path.of("/tmp"), "s");
        try {
            var environment = Environment.of(Map.of("XDG_RUNTIME_DIR", session.toString()));
            var far = temporary.resolve("x".repeat(90)).resolve("7k2m9q4c");
            assertThat(SocketPlace.in(far, environment))
                    .isEqualTo(session.resolve("skein/7k2m9q4c.sock"));
            assertThat(mode(session.resolve("skein"))).isEqualTo("rwx------");
        } finally {
            PrivateFiles.delete(session);
        }
    }

    @Test
    @Tag("WF-81")
    void closingRemovesASocketThatIsElsewhere() throws IOException {
        var deep =
                Environment.of(Map.of("SKEIN_HOME", temporary.resolve("d".repeat(100)).toString()));
        var folder = RuntimeFolder.make(Home.open(deep), card("7k2m9q4c", ProcessId.current()));
        var socket = folder.socket(Environment.of(Map.of()));
        assertThat(folder.socket(Environment.of(Map.of()))).isEqualTo(socket);
        Files.createFile(socket);
        folder.close();
        assertThat(socket.getParent()).doesNotExist();
    }
}
