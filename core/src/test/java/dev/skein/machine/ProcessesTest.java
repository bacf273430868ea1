package dev.skein.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.SkeinException;
import dev.skein.machine.Processes.Noted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProcessesTest {
    @TempDir private Path folder;

    private static final class Written implements Processes.Book {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final AtomicReference<Runnable> first = new AtomicReference<>(() -> {});

        @Override
        public void mark(String beginning) {
            assertThat(beginning).hasSize(16);
        }

        @Override
        public void own(Noted noted) {
            first.get().run();
            lines.add("own " + noted);
        }

        @Override
        public void release(Noted noted) {
            lines.add("release " + noted);
        }
    }

    private Machine machine(Processes processes) throws InterruptedException {
        return LocalImage.unsafe(folder.resolve("w"))
                .spawn(new Place("run-of-the-test", 1, 1, processes));
    }

    @Test
    @Tag("HM-03")
    void allAreStartedFromOneThread() throws Exception {
        try (var processes = Processes.open()) {
            var parents = new CopyOnWriteArrayList<String>();
            var threads = List.of(ask(processes, parents), ask(processes, parents));
            for (var thread : threads) thread.join();
            assertThat(parents).hasSize(2);
            assertThat(count("skein-processes")).isEqualTo(1);
        }
        while (count("skein-processes") > 0) Thread.onSpinWait(); // it is on its last steps
    }

    private static Thread ask(Processes processes, List<String> said) {
        return Thread.startVirtualThread(() -> {
            try {
                var process = processes.start(new ProcessBuilder("echo", "x"));
                said.add(
                        new String(
                                process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static long count(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }

    @Test
    @Tag("HM-11")
    void eachIsWrittenDownAndCrossedOut() throws Exception {
        var book = new Written();
        try (var processes = Processes.open()) {
            processes.note(book);
            try (var machine = machine(processes)) {
                var mark = machine.exec(Exec.of("sh", "-c", "printf $SKEIN_EXEC; sleep 0.1")).out();
                assertThat(mark.text()).hasSize(32).startsWith(processes.mark());
                assertThat(book.lines).hasSize(2).allMatch(line -> line.contains(mark.text()));
                assertThat(book.lines.getFirst())
                        .contains("own ", "skein-run-of-t-1-1: sh", "run-of-the-test");
                assertThat(book.lines.getLast()).startsWith("release ");
            }
        }
    }

    @Test
    @Tag("HM-11")
    void whatCannotBeWrittenDownIsEnded() throws Exception {
        var book = new Written();
        book.first.set(() -> {
            throw new IllegalStateException("the disk is full");
        });
        try (var processes = Processes.open()) {
            processes.note(book);
            try (var machine = machine(processes)) {
                assertThatThrownBy(() -> machine.exec(Exec.of("sleep", "60")))
                        .hasMessage("the disk is full");
                assertThat(book.lines).singleElement().asString().startsWith("release ");
            }
        }
    }

    @Test
    void aClosedOneStartsNothing() throws Exception {
        var processes = Processes.open();
        try (var machine = machine(processes)) {
            processes.close();
            assertThatThrownBy(() -> machine.exec(Exec.of("true")))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            e -> assertThat(e.failure().code()).isEqualTo("machine.start"));
        }
    }

    @Test
    void anInterruptBeforeMakesNothing() {
        try (var processes = Processes.open()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> machine(processes)).isInstanceOf(InterruptedException.class);
            assertThat(folder.resolve("w")).doesNotExist();
        }
    }

    @Test
    void whatCannotBeAWorkspaceIsRefused() {
        try (var processes = Processes.open()) {
            var place = new Place("run", 1, 1, processes);
            var image = LocalImage.unsafe(Path.of("/proc/version"));
            assertThatThrownBy(() -> image.spawn(place))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            e -> assertThat(e.failure().code()).isEqualTo("machine.workspace"));
        }
    }
}
