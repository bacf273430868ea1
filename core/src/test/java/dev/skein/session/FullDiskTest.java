package dev.skein.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.failure.Failure;
import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import dev.skein.model.Message;
import dev.skein.name.Namespace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, or fails: nothing acknowledged is lost, and it goes on afterwards. */
class FullDiskTest {
    private static final Instant AT = Instant.EPOCH;
    private static final SessionKey KEY = new SessionKey(Namespace.of("bob"), "atlas");

    @TempDir private Path folder;
    private final SmallDisk disk = new SmallDisk();

    /** Takes so many bytes; the write that does not fit is half done, as on any disk. */
    private static final class SmallDisk extends Disk.Buffered {
        private int room = Integer.MAX_VALUE;
        private boolean failing;

        @Override
        public void write(RandomAccessFile file, byte[] bytes) throws IOException {
            int fits = Math.min(room, bytes.length);
            file.write(Arrays.copyOf(bytes, fits));
            room -= fits;
            if (fits < bytes.length) throw new IOException("No space left on device");
        }

        @Override
        public void force(RandomAccessFile file) throws IOException {
            if (failing) throw new IOException("Input/output error");
        }
    }

    private SessionStore store() {
        return new FolderSessionStore(SessionFolder.open(folder, disk));
    }

    private static SessionChange saying(String text) {
        return SessionChange.of(List.of(Message.User.of(text, AT)), AT);
    }

    private static Failure failure(ThrowingCallable call) {
        return catchThrowableOfType(SkeinException.class, call).failure();
    }

    private static List<String> texts(SessionStore store) {
        return store.load(KEY).orElseThrow().messages().stream().map(Message::text).toList();
    }

    private List<Path> files(String kind) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(kind)).toList();
        }
    }

    @Test
    void whereverTheDiskIsFullTheChangeIsNotMadeAndALaterOneIs() throws IOException {
        try (var store = store()) {
            store.append(KEY, 0, saying("one"));
            var file = files(".session").getFirst();
            var before = Files.readAllBytes(file);
            store.append(KEY, 1, saying("two"));
            int record = (int) Files.size(file) - before.length;
            for (int room = 0; room < record; room++) {
                disk.room = room;
                assertThat(failure(() -> store.append(KEY, 2, saying("six"))))
                        .isInstanceOf(StoreFailure.Full.class);
                assertThat(Files.size(file))
                        .as("room for %d", room)
                        .isEqualTo(before.length + record);
            }
            assertThat(texts(store)).containsExactly("one", "two");
            disk.room = record;
            assertThat(store.append(KEY, 2, saying("six"))).isEqualTo(3);
            assertThat(texts(store)).containsExactly("one", "two", "six");
        }
    }

    @Test
    void aSessionThatCannotBeginIsNotThereAndCanBeginLater() {
        try (var store = store()) {
            for (int room : List.of(0, 10, 100, 150)) {
                disk.room = room;
                assertThat(failure(() -> store.append(KEY, 0, saying("one"))))
                        .isInstanceOf(StoreFailure.Full.class);
                assertThat(store.load(KEY)).isEmpty();
                assertThat(store.list(null, null, 9)).isEmpty();
                assertThat(store.delete(KEY)).isFalse();
            }
            disk.room = Integer.MAX_VALUE;
            assertThat(store.append(KEY, 0, saying("one"))).isEqualTo(1);
            assertThat(texts(store)).containsExactly("one");
        }
    }

    @Test
    void aReplacementThatDoesNotFitLeavesWhatWasThere() throws IOException {
        try (var store = store()) {
            store.append(KEY, 0, saying("one"));
            var whole = store.load(KEY).orElseThrow();
            for (int room : List.of(0, 100, 150)) {
                disk.room = room;
                assertThat(failure(() -> store.replace(KEY, 1, whole)))
                        .isInstanceOf(StoreFailure.Full.class);
            }
            disk.room = Integer.MAX_VALUE;
            assertThat(files(".part")).isEmpty();
            assertThat(store.append(KEY, 1, saying("two"))).isEqualTo(2);
            assertThat(texts(store)).containsExactly("one", "two");
        }
    }

    @Test
    void whatTheDiskDoesNotConfirmWasNotMade() {
        try (var store = store()) {
            store.append(KEY, 0, saying("one"));
            disk.failing = true;
            assertThat(failure(() -> store.append(KEY, 1, saying("two"))))
                    .isInstanceOf(StoreFailure.Unavailable.class);
            disk.failing = false;
            assertThat(texts(store)).containsExactly("one");
            assertThat(store.append(KEY, 1, saying("three"))).isEqualTo(2);
        }
    }
}
