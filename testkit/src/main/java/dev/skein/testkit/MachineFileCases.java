package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.SkeinException;
import dev.skein.machine.FileStat;
import dev.skein.machine.Machine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The part of {@link MachineContract} that is about files. */
abstract class MachineFileCases extends MachineCases {
    private static final int READS = 3_000;

    @Test
    @Tag("HM-15")
    void aFileIsReadAsItWasWritten() throws Exception {
        var machine = machine();
        var bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) i;
        machine.write("all", new ByteArrayInputStream(bytes));
        try (var in = machine.read("all")) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(machine.stat("all")).isEqualTo(new FileStat(256, 0644, false));
    }

    @Test
    @Tag("HM-15")
    void commandsAndFilesAreOfOnePlace() throws Exception {
        var machine = machine();
        write(machine, "deep/er/note.txt", "hello\n");
        assertThat(said(machine, "cat", "deep/er/note.txt")).isEqualTo("hello\n");
        assertThat(said(machine, "pwd").strip()).isEqualTo(machine.workspace());
        shell(machine, "printf out > made; chmod 600 made; mkdir empty");
        assertThat(text(machine, "made")).isEqualTo("out");
        assertThat(text(machine, machine.workspace() + "/deep/../made")).isEqualTo("out");
        assertThat(machine.stat("made").mode()).isEqualTo(0600);
        assertThat(machine.stat("empty").directory()).isTrue();
        assertThat(machine.stat(".").directory()).isTrue();
    }

    @Test
    @Tag("HM-15")
    void aFileHasTheModeThatIsSaid() throws Exception {
        var machine = machine();
        machine.write("run", stream("#!/bin/sh\necho ran\n"), 0755);
        assertThat(said(machine, "./run")).isEqualTo("ran\n");
        assertThat(machine.stat("run").mode()).isEqualTo(0755);
        write(machine, "run", "again");
        assertThat(machine.stat("run").mode()).isEqualTo(0644);
        refuses("invalid.call", () -> machine.write("run", stream(""), 04755));
    }

    @Test
    @Tag("HM-15")
    void aReaderSeesTheOldFileOrTheNewOne() throws Exception {
        var machine = machine();
        write(machine, "note", "old");
        var looking = new Slow(() -> assertThat(text(machine, "note")).isEqualTo("old"));
        machine.write("note", looking);
        assertThat(looking.looked).isTrue();
        assertThat(text(machine, "note")).isEqualTo("new");
        var broken =
                new Slow(() -> {
                    throw new IOException("the source broke");
                });
        refuses("machine.file", () -> machine.write("note", broken));
        assertThat(text(machine, "note")).isEqualTo("new");
        assertThat(said(machine, "ls", "-A")).isEqualTo("note\n");
    }

    @Test
    @Tag("HM-15")
    void whatIsNoRegularFileOrTooLargeIsRefused() throws Exception {
        var machine = machine();
        shell(machine, "mkdir d; mkfifo pipe; dd if=/dev/zero of=big bs=1 count=0 seek=70000000");
        for (var path : List.of("none", "none/below", "d", "pipe", "big", "."))
            refuses("machine.file", () -> machine.read(path).close());
        refuses("machine.file", () -> machine.stat("none"));
        refuses("machine.file", () -> machine.stat("big/below"));
        refuses("machine.file", () -> write(machine, "d", "x"));
        refuses("machine.file", () -> write(machine, "pipe", "x"));
        refuses("machine.file", () -> write(machine, "big/below", "x"));
        refuses("machine.file", () -> machine.write("endless", new Endless()));
        assertThat(failure(() -> machine.read("big")).message()).contains("66 MiB", "64 MiB");
        assertThat(said(machine, "ls", "-A")).isEqualTo("big\nd\npipe\n");
    }

    @Test
    @Tag("HM-14")
    void pathsStayInTheWorkspace() throws Exception {
        var machine = machine();
        Files.writeString(outside().resolve("secret"), "secret");
        var paths =
                List.of(
                        "",
                        "..",
                        "../secret",
                        "a/../../secret",
                        "/etc/passwd",
                        outside().resolve("secret").toString(),
                        "a\0b",
                        "x".repeat(1025));
        for (var path : paths) {
            refuses("machine.path", () -> machine.read(path).close());
            refuses("machine.path", () -> machine.stat(path));
            refuses("machine.path", () -> write(machine, path, "x"));
        }
        assertThat(Files.readString(outside().resolve("secret"))).isEqualTo("secret");
    }

    @Test
    @Tag("HM-14")
    void noLinkIsFollowed() throws Exception {
        var machine = machine();
        var secret = Files.writeString(outside().resolve("secret"), "secret");
        var link = "ln -s '" + secret + "' file; ln -s '" + outside() + "' folder; ln -s file two";
        shell(machine, link);
        for (var path : List.of("file", "two", "folder/secret", "folder/new")) {
            refuses("machine.path", () -> machine.read(path).close());
            refuses("machine.path", () -> machine.stat(path));
            refuses("machine.path", () -> write(machine, path, "overwritten"));
        }
        assertThat(Files.readString(secret)).isEqualTo("secret");
        assertThat(outside().resolve("new")).doesNotExist();
    }

    /** Somebody swaps a folder for a link while others read in it. */
    @Test
    @Tag("HM-14")
    void aLinkThatIsSwappedInIsNotFollowedEither() throws Exception {
        var machine = machine();
        Files.writeString(outside().resolve("secret"), "secret");
        write(machine, "good/secret", "harmless");
        Files.createSymbolicLink(folder().resolve("bad"), outside());
        var done = new AtomicBoolean();
        var swapping = Caller.start(false, () -> swapped(done));
        for (int i = 0; i < READS; i++)
            assertThat(attempt(machine, "good/secret"))
                    .isIn("harmless", "machine.path", "machine.file");
        done.set(true);
        assertThat(swapping.result()).isPositive();
    }

    private int swapped(AtomicBoolean done) throws IOException {
        var good = folder().resolve("good");
        var bad = folder().resolve("bad");
        var aside = folder().resolve("aside");
        int swaps = 0;
        while (!done.get()) {
            Files.move(good, aside, StandardCopyOption.ATOMIC_MOVE);
            Files.move(bad, good, StandardCopyOption.ATOMIC_MOVE);
            Files.move(good, bad, StandardCopyOption.ATOMIC_MOVE);
            Files.move(aside, good, StandardCopyOption.ATOMIC_MOVE);
            swaps++;
        }
        return swaps;
    }

    private static String attempt(Machine machine, String path) throws IOException {
        try {
            return text(machine, path);
        } catch (SkeinException e) {
            return e.failure().code();
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private interface Look {
        void look() throws IOException;
    }

    /** Brings "new", and somebody looks meanwhile. */
    @SuppressWarnings("InputStreamSlowMultibyteRead") // slow is what it is to be
    private static final class Slow extends InputStream {
        private final InputStream text = stream("new");
        private final Look look;
        private boolean looked;

        Slow(Look look) {
            this.look = look;
        }

        @Override
        public int read() throws IOException {
            looked = true;
            look.look();
            return text.read();
        }
    }

    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 'x';
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            return length;
        }
    }
}
