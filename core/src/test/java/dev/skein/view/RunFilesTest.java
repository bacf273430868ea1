package dev.skein.view;

import static dev.skein.event.SessionState.ENDED;
import static dev.skein.event.SessionState.IDLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.event.Event;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.event.SessionEvent;
import dev.skein.failure.RunFailure;
import dev.skein.home.RunCard;
import dev.skein.json.Json;
import dev.skein.policy.Control;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RunFilesTest extends RunFilesRoom {
    @Test
    @Tag("WF-77")
    void aWorkflowLeavesAFileOfEachKind() throws Exception {
        wholeRun();
        write(FileLimits.standard());
        assertThat(names(folder()))
                .containsExactly(
                        "STATUS.md",
                        "events.jsonl",
                        "result.json",
                        "run.json",
                        "sessions/t0001/worker.jsonl");
        assertThat(entries(folder())).isEqualTo(journal(Story.ROOT));
        assertThat(Files.readAllLines(folder().resolve("sessions/t0001/worker.jsonl")))
                .hasSize(8)
                .allSatisfy(line -> assertThat(line).contains("\"path\":\"pool/t0001/Worker\""));
        var result = Json.parse(Files.readAllBytes(folder().resolve("result.json")));
        assertThat(result.get("status").text()).isEqualTo("completed");
        assertThat(result.get("output")).isEqualTo(Json.of(42));
        assertThat(result.get("millis").asLong()).isEqualTo(7);
        assertThat(card().standing().status()).isEqualTo("completed");
        assertThat(card().summary()).isEqualTo("Of " + Story.ROOT);
        assertThat(Files.readString(folder().resolve("STATUS.md")))
                .contains("- Status: completed\n", "- Program: Pool.java, pid 7\n");
    }

    @Test
    @Tag("WF-77")
    void whatIsWrittenIsForItsOwnerAlone() throws Exception {
        wholeRun();
        write(SMALL);
        try (var all = Files.walk(folder())) {
            for (var path : all.toList())
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
        }
    }

    @Test
    @Tag("WF-77")
    void agentsAndRunsThatNeverStartedLeaveNothingUnlessAllIsWanted() throws Exception {
        story.completed(story.started(new Story.Run("a", null, "x", "x"), "local", 1), "1");
        var rejected = new Story.Run("r", null, "x", "x");
        story.ended(
                rejected,
                new RunEvent.Outcome(
                        RunStatus.REJECTED, null, new RunFailure.GaveUp("no"), null, null));
        start(Control.RunFiles.NONE, SMALL).close();
        start(Control.RunFiles.WORKFLOWS, SMALL).close();
        assertThat(runs()).doesNotExist();
        start(Control.RunFiles.ALL, SMALL).close();
        assertThat(entries(runs().resolve("a"))).isEqualTo(journal("a"));
        var result = Json.parse(Files.readAllBytes(runs().resolve("r/result.json")));
        assertThat(result.get("failure").get("code").text()).isEqualTo("run.gave_up");
    }

    @Test
    void rootsThatRunAtOnceAreKeptApart() throws Exception {
        var one = story.root("one", "a");
        var two = story.root("two", "b");
        for (int i = 0; i < 10; i++)
            story.tell(i % 3 == 0 ? one : two, new Event.Emitted("n", Json.of(i)));
        story.completed(two, "2");
        story.completed(one, "1");
        write(SMALL);
        assertThat(entries(runs().resolve("one"))).isEqualTo(journal("one"));
        assertThat(entries(runs().resolve("two"))).isEqualTo(journal("two"));
    }

    @Test
    void aRunThatGoesOnIsWrittenAsItGoes() throws Exception {
        try (var _ = start(Control.RunFiles.WORKFLOWS, FileLimits.standard())) {
            var root = story.root(Story.ROOT, "pool");
            await("STATUS.md", "- Status: working\n");
            assertThat(card().standing()).isEqualTo(new RunCard.Standing("working", null));
            story.exposed(root, "add_task");
            await("STATUS.md", "`add_task()`");
            story.tell(root, new Event.Emitted("mark", Json.of(1)));
            await("events.jsonl", "\"event_type\":\"mark\"");
            clock.advance(Duration.ofSeconds(1));
            await("STATUS.md", "mark 1");
        }
    }

    private void await(String file, String text) throws IOException {
        var path = folder().resolve(file);
        while (!Files.exists(path) || !Files.readString(path).contains(text)) Thread.onSpinWait();
    }

    @Test
    @Tag("WF-26")
    void theNextBearerOfANameHasAFileOfItsOwn() throws Exception {
        var root = story.root(Story.ROOT, "pool");
        for (int i = 1; i <= 3; i++)
            story.change(root, story.session(root, "worker", i), IDLE, ENDED);
        write(SMALL);
        for (var name : List.of("worker.jsonl", "worker~2.jsonl", "worker~3.jsonl"))
            assertThat(Files.readAllLines(folder().resolve("sessions").resolve(name))).hasSize(3);
    }

    @Test
    void aPathThatIsNoneLeadsNowhere() throws Exception {
        var root = story.root(Story.ROOT, "pool");
        for (var path : List.of("../../evil", "a//b", "/etc/x", "~2", "a/../b", ""))
            story.session(root, path);
        write(SMALL);
        assertThat(folder().resolve("sessions")).doesNotExist();
        assertThat(names(temporary)).allSatisfy(name -> assertThat(name).startsWith("runs/7k2m"));
    }

    @Test
    @Tag("WF-78")
    void aFileRollsBeforeItIsTooLargeAndIsReadInOrder() throws Exception {
        var root = story.root(Story.ROOT, "pool");
        for (int i = 0; i < 60; i++) story.tell(root, new Event.Emitted("n", Json.of(i)));
        story.completed(root, "42");
        write(SMALL);
        assertThat(names(folder())).contains("events.1.jsonl", "events.2.jsonl", "events.jsonl");
        for (var name : names(folder()))
            assertThat(Files.size(folder().resolve(name))).isLessThanOrEqualTo(4_000);
        assertThat(entries(folder())).isEqualTo(journal(Story.ROOT));
    }

    @Test
    @Tag("WF-78")
    void aRunKeepsNoMoreThanItsSpaceAndLosesTheOldest() throws Exception {
        var root = story.root(Story.ROOT, "pool");
        var session = story.session(root, "worker");
        for (int i = 0; i < 500; i++) {
            var text = story.text(root, "text/plain", i + "x".repeat(600));
            story.append(
                    root.at(session), new SessionEvent.MessageSent("m" + i, "x", "steer", text));
        }
        story.completed(root, "42");
        write(SMALL);
        long bytes = 0;
        for (var name : names(folder()))
            if (!name.endsWith(".md")) bytes += Files.size(folder().resolve(name));
        assertThat(bytes).isLessThan(40_000 + 4_000 + 2_000);
        var all = journal(Story.ROOT);
        var kept = entries(folder());
        assertThat(kept).isNotEmpty().isEqualTo(all.subList(all.size() - kept.size(), all.size()));
        assertThat(Files.readString(folder().resolve("result.json"))).contains("completed");
    }

    @Test
    @Tag("WF-79")
    void thePageIsAlwaysWhole() throws Exception {
        var root = story.root(Story.ROOT, "pool");
        try (var _ = start(Control.RunFiles.WORKFLOWS, FileLimits.standard());
                var readers = Executors.newFixedThreadPool(4)) {
            await("STATUS.md", "- Status: working\n");
            var reading = new ArrayList<Future<?>>();
            for (int i = 0; i < 1_000; i++) reading.add(readers.submit(this::readPage));
            int names = 0;
            for (var one : reading) {
                while (!one.isDone()) {
                    story.exposed(root, "f" + names++ % 50);
                    clock.advance(Duration.ofSeconds(1));
                }
                one.get();
            }
        }
        assertThat(names(folder())).noneMatch(name -> name.contains("part"));
    }

    private void readPage() {
        try {
            assertThat(Files.readString(folder().resolve("STATUS.md")))
                    .startsWith("# 7k2m9q4c pool\n")
                    .endsWith("- `skein cancel -i 7k2m9q4c`\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag("WF-77")
    void aDiskThatTakesNoMoreIsSaidOnceAndStopsNobody() throws Exception {
        Files.createFile(runs());
        wholeRun();
        story.completed(story.root("another", "x"), "1");
        write(SMALL);
        assertThat(said).singleElement().asString().contains(runs().toString());
    }

    @Test
    @Tag("WF-77")
    void closingWritesWhatIsThereWhateverIsClosedFirst() throws Exception {
        assertClosed(
                "journal",
                (journal, files) -> {
                    journal.close();
                    files.close();
                });
        assertClosed(
                "files",
                (journal, files) -> {
                    files.close();
                    files.close();
                    journal.close();
                });
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("skein-run-files"));
    }

    private void assertClosed(String name, BiConsumer<Story, RunFiles> closing) {
        var other = new Story(clock);
        var folder = temporary.resolve(name);
        var program = new RunFiles.Program("x", 7, "rt", "0.1.0", _ -> "");
        var files =
                RunFiles.start(
                        other.journal,
                        new RunFiles.Setting(folder, Control.RunFiles.WORKFLOWS, program, clock));
        var root = other.root("one", "a");
        for (int i = 0; i < 3_000; i++) other.tell(root, new Event.Emitted("n", Json.of(i)));
        other.completed(root, "1");
        Thread.currentThread().interrupt();
        closing.accept(other, files);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(entries(folder.resolve("one"))).hasSize(3_003);
        assertThat(folder.resolve("one/result.json")).exists();
    }

    @Test
    void whatACloseFindsUnfinishedHasItsPageToo() throws Exception {
        var root = story.root(Story.ROOT, "pool");
        story.tell(root, new Event.Emitted("mark", Json.of(1)));
        write(FileLimits.standard());
        assertThat(Files.readString(folder().resolve("STATUS.md"))).contains("mark 1");
        assertThat(folder().resolve("result.json")).doesNotExist();
    }
}
