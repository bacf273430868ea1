package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.Conflict;
import dev.skein.failure.SkeinException;
import dev.skein.model.Message;
import dev.skein.name.Namespace;
import dev.skein.session.Durability;
import dev.skein.session.Session;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that write to one conversation at the same time. */
@Tag("integration")
class SeveralProcessesTest {
    private static final SessionKey KEY = new SessionKey(Namespace.of("bob"), "atlas");
    private static final int WRITERS = 3;
    private static final int EACH = 100;

    @TempDir private Path folder;

    /** Appends its messages, each until it was not too late. */
    static final class Writer {
        private Writer() {}

        /** The folder, and what the writer is called. */
        public static void main(String[] arguments) {
            try (var store = SessionStore.inFolder(Path.of(arguments[0]), Durability.PROCESS)) {
                for (int i = 0; i < EACH; i++) {
                    var text = arguments[1] + ":" + i;
                    while (!added(store, Message.User.of(text, Instant.EPOCH))) Thread.onSpinWait();
                }
            }
        }

        private static boolean added(SessionStore store, Message message) {
            long version = store.load(KEY).map(Session::version).orElse(0L);
            try {
                store.append(KEY, version, SessionChange.of(List.of(message), message.at()));
                return true;
            } catch (SkeinException e) {
                if (e.failure() instanceof Conflict.Version) return false;
                throw e;
            }
        }
    }

    @Test
    @Tag("AG-72")
    @Timeout(240)
    void theyLoseNothing() throws Exception {
        var processes = new ArrayList<Process>();
        try {
            for (int writer = 0; writer < WRITERS; writer++) processes.add(writing(writer));
            for (var process : processes) {
                assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
                assertThat(process.exitValue()).isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        try (var store = SessionStore.inFolder(folder)) {
            var texts = store.load(KEY).orElseThrow().messages().stream().map(Message::text);
            var found = texts.toList();
            assertThat(found).hasSize(WRITERS * EACH);
            for (int writer = 0; writer < WRITERS; writer++) {
                var start = writer + ":";
                assertThat(found.stream().filter(text -> text.startsWith(start)))
                        .isEqualTo(IntStream.range(0, EACH).mapToObj(i -> start + i).toList());
            }
        }
    }

    private Process writing(int writer) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString(),
                        Integer.toString(writer))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
