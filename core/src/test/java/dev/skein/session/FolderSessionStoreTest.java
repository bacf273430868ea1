package dev.skein.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.failure.Failure;
import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import dev.skein.model.Message;
import dev.skein.name.Namespace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to files: what a crash, a flipped bit or a full disk leave of them. */
class FolderSessionStoreTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Instant AT = Instant.EPOCH;
    private static final SessionKey KEY = new SessionKey(Namespace.of("bob"), "atlas");

    @TempDir private Path place;

    private Path folder() {
        return place.resolve("above/sessions");
    }

    private SessionStore store() {
        return SessionStore.inFolder(folder(), Durability.PROCESS);
    }

    private static SessionChange saying(String text) {
        return SessionChange.of(List.of(Message.User.of(text, AT)), AT);
    }

    private static List<String> texts(SessionStore store) {
        return store.load(KEY).orElseThrow().messages().stream().map(Message::text).toList();
    }

    private static Failure failure(ThrowingCallable call) {
        return catchThrowableOfType(SkeinException.class, call).failure();
    }

    private Path file() throws IOException {
        try (var files = Files.newDirectoryStream(folder(), "*.session")) {
            return files.iterator().next();
        }
    }

    /** A file, and how long it was after each change. */
    private static final class Written {
        final byte[] bytes;
        final List<Integer> ends;

        Written(byte[] bytes, List<Integer> ends) {
            this.bytes = bytes;
            this.ends = ends;
        }

        int changesWithin(int length) {
            return (int) ends.stream().filter(end -> end <= length).count();
        }
    }

    private Written written(int changes) throws IOException {
        var ends = new Integer[changes];
        try (var store = store()) {
            for (int i = 0; i < changes; i++) {
                store.append(KEY, i, saying("message " + i + " é"));
                ends[i] = (int) Files.size(file());
            }
        }
        return new Written(Files.readAllBytes(file()), List.of(ends));
    }

    @Test
    void whereverItIsCutOffExactlyWhatWasWholeIsThereAndItGoesOn() throws IOException {
        var written = written(4);
        var file = file();
        for (int length = 0; length < written.bytes.length; length++) {
            Files.write(file, Arrays.copyOf(written.bytes, length));
            int whole = written.changesWithin(length);
            try (var store = store()) {
                if (whole == 0) assertThat(store.load(KEY)).as("cut at %d", length).isEmpty();
                else assertThat(texts(store)).as("cut at %d", length).hasSize(whole);
                assertThat(store.list(null, null, 9)).hasSize(whole == 0 ? 0 : 1);
                assertThat(store.append(KEY, whole, saying("next"))).isEqualTo(whole + 1);
                assertThat(texts(store))
                        .as("cut at %d", length)
                        .hasSize(whole + 1)
                        .last()
                        .isEqualTo("next");
            }
            assertThat(texts(store())).as("reopened, cut at %d", length).hasSize(whole + 1);
        }
    }

    @Test
    void aFlippedBitIsDamageInTheLastRecordToo() throws IOException {
        long seed = Long.getLong("skein.seed", System.nanoTime());
        var random = new Random(seed);
        var written = written(3);
        var file = file();
        for (int at = 0; at < written.bytes.length; at++) {
            int bit = random.nextInt(8);
            var bytes = written.bytes.clone();
            bytes[at] ^= (byte) (1 << bit);
            Files.write(file, bytes);
            try (var store = store()) {
                assertThat(failure(() -> store.load(KEY)))
                        .as("seed %d, bit %d of byte %d", seed, bit, at)
                        .isInstanceOf(StoreFailure.Damaged.class);
            }
        }
        assertThat(written.bytes.length).isGreaterThan(300);
    }

    @Test
    void damageNamesTheFileAndChangesNothing() throws IOException {
        var bytes = written(2).bytes;
        bytes[bytes.length - 5] ^= 1;
        Files.write(file(), bytes);
        try (var store = store()) {
            for (var call :
                    List.<ThrowingCallable>of(
                            () -> store.load(KEY),
                            () -> store.append(KEY, 2, saying("x")),
                            () -> store.append(KEY, 1, saying("x")))) {
                assertThat(failure(call).message()).contains(file().toString(), "byte");
                assertThat(failure(call).remedy()).contains("Restore", "begin anew");
            }
        }
        assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
    }

    @Test
    void aFileOfAnotherSessionIsDamage() throws IOException {
        written(1);
        var other = new SessionKey(Namespace.of("alice"), "atlas");
        Files.copy(file(), folder().resolve(SessionFile.id(other) + ".session"));
        try (var store = store()) {
            assertThat(failure(() -> store.load(other))).isInstanceOf(StoreFailure.Damaged.class);
            assertThat(failure(() -> store.list(null, null, 9)).code()).isEqualTo("store.damaged");
            assertThat(texts(store)).hasSize(1);
        }
    }

    @Test
    void whatANewerProgramWroteIsLeftAlone() throws IOException {
        written(1);
        var known = new String(FrameText.of(KEY), StandardCharsets.UTF_8);
        var text = known.replace("\"schema\":1", "\"schema\":2").getBytes(StandardCharsets.UTF_8);
        Files.write(file(), Frame.bytes(Frame.Head.of(0, text), text));
        try (var store = store()) {
            assertThat(failure(() -> store.load(KEY))).isInstanceOf(StoreFailure.TooNew.class);
            assertThat(failure(() -> store.append(KEY, 0, saying("x"))))
                    .isInstanceOf(StoreFailure.TooNew.class);
        }
    }

    @Test
    @Tag("AG-73")
    void addingWritesOneRecordAndReadsNoHistory() throws IOException {
        try (var store = store()) {
            for (int i = 0; i < 9; i++) store.append(KEY, i, saying("message " + i));
            long before = Files.size(file());
            store.append(KEY, 9, saying("message 9"));
            long one = Files.size(file()) - before;
            spoil(file(), before / 2);
            for (int i = 10; i < 20; i++) store.append(KEY, i, saying("message " + i));
            assertThat(Files.size(file()) - before).isEqualTo(one + 10 * (one + 1));
            assertThat(failure(() -> store.load(KEY))).isInstanceOf(StoreFailure.Damaged.class);
        }
    }

    private static void spoil(Path file, long at) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            bytes.write(0);
        }
    }

    @Test
    void filesAreForTheirOwnerAloneAndSayNothingByTheirNames() throws IOException {
        try (var store = SessionStore.inFolder(folder())) {
            store.append(KEY, 0, saying("one"));
            store.replace(KEY, 1, store.load(KEY).orElseThrow());
        }
        for (var each : List.of(folder(), place.resolve("above")))
            assertThat(mode(each)).isEqualTo("rwx------");
        try (var files = Files.list(folder())) {
            assertThat(files.toList())
                    .hasSize(2)
                    .allSatisfy(file -> {
                        assertThat(mode(file)).isEqualTo("rw-------");
                        assertThat(file.getFileName().toString())
                                .matches("[0-9a-f]{64}\\.session|[0-9a-f]{2}\\.lock");
                    });
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatACrashLeftOfAReplacementIsOverwritten() throws IOException {
        written(2);
        var part = folder().resolve(SessionFile.id(KEY) + ".part");
        Files.writeString(part, "half of something longer than what comes".repeat(99));
        try (var store = store()) {
            assertThat(texts(store)).hasSize(2);
            store.replace(KEY, 2, store.load(KEY).orElseThrow());
            assertThat(texts(store)).hasSize(2);
            assertThat(part).doesNotExist();
            Files.writeString(part, "half");
            store.delete(KEY);
            assertThat(part).doesNotExist();
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidSo() throws IOException {
        var occupied = Files.writeString(place.resolve("occupied"), "");
        for (var folder : List.of(occupied, occupied.resolve("below")))
            assertThat(failure(() -> SessionStore.inFolder(folder)))
                    .isInstanceOf(StoreFailure.Unavailable.class);
    }

    @Test
    void onlyLockFilesStayOpenAndNoneAfterItIsClosed() throws IOException {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "only Linux shows what is open");
        try (var store = store()) {
            for (int i = 0; i < 300; i++)
                store.append(new SessionKey(Namespace.of("n" + i), null), 0, saying("x"));
            assertThat(store.list(null, null, 999)).hasSize(300);
            assertThat(open()).hasSize(64).allMatch(target -> target.endsWith(".lock"));
        }
        assertThat(open()).isEmpty();
    }

    /** Files of the store that this process has open. */
    private List<String> open() throws IOException {
        try (var open = Files.list(DESCRIPTORS)) {
            return open.map(FolderSessionStoreTest::target)
                    .filter(target -> target.startsWith(place.toString()))
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile: " + e.getMessage();
        }
    }
}
