package dev.skein.view;

import static dev.skein.event.SessionState.ENDED;
import static dev.skein.event.SessionState.IDLE;
import static dev.skein.event.SessionState.WORKING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.event.Cursor;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.Ref;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.event.SessionEvent;
import dev.skein.event.WorkflowEvent;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.home.RunCard;
import dev.skein.home.RunFolder;
import dev.skein.json.Json;
import dev.skein.policy.HandClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunFilesTest {
    private static final FileLimits SMALL = new FileLimits(4_000, 40_000, 2_000, 500);

    private final HandClock clock = new HandClock();
    private final List<String> said = new ArrayList<>();
    private final Story story = new Story(clock);
    @TempDir private Path temporary;

    @AfterEach
    void close() {
        story.close();
    }

    private RunFiles start(RunFiles.Which which, FileLimits limits) {
        var program = new RunFiles.Program("Pool.java", 7, "rt", "0.1.0", run -> "Of " + run);
        var setting = new RunFiles.Setting(runs(), which, program, clock);
        return RunFiles.start(new RunFiles.Place(story.journal, setting, limits, new Log(said)));
    }

    /** What is in the journal, written. */
    private void write(FileLimits limits) {
        start(RunFiles.Which.WORKFLOWS, limits).close();
    }

    private Path runs() {
        return temporary.resolve("runs");
    }

    private Path folder() {
        return runs().resolve(Story.ROOT);
    }

    private RunCard card() throws IOException {
        return new RunFolder(folder()).card().orElseThrow();
    }

    private List<Entry> journal(String root) throws InterruptedException {
        var entries = new ArrayList<Entry>();
        try (var reader = story.journal.read(new Cursor.OfTree(root, 0))) {
            for (var next = reader.next(Duration.ZERO);
                    next.isPresent();
                    next = reader.next(Duration.ZERO)) entries.add(next.get());
        }
        return entries;
    }

    private static List<Entry> entries(Path folder) {
        var entries = new ArrayList<Entry>();
        RunFiles.read(folder).forEach(entries::add);
        return entries;
    }

    private List<String> names(Path in) throws IOException {
        try (var all = Files.walk(in)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> in.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private Story.Run wholeRun() {
        var root = story.root(Story.ROOT, "pool");
        var child = story.child(root, "c1", "t0001");
        var session = story.session(child, "Worker");
        story.change(child, session, IDLE, WORKING);
        var turn = story.turn(child, "t1", session);
        story.tell(turn, new Event.Emitted("progress", Json.object("done", 3)));
        story.completed(turn, "\"said\"");
        story.change(child, session, WORKING, ENDED);
        story.completed(child, "{\"n\":1}");
        story.completed(root, "42");
        return root;
    }

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
        start(RunFiles.Which.NONE, SMALL).close();
        start(RunFiles.Which.WORKFLOWS, SMALL).close();
        assertThat(runs()).doesNotExist();
        start(RunFiles.Which.ALL, SMALL).close();
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
        try (var _ = start(RunFiles.Which.WORKFLOWS, FileLimits.standard())) {
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
    @Tag("WF-77")
    void textsAreInTheLinesAndLongOnesInFilesOfTheirOwn() throws Exception {
        var root = story.root(Story.ROOT, "pool");
        var small = story.text(root, "text/plain", "small 😀 \ud800");
        var large = story.text(root, "text/plain", "L".repeat(501));
        var widened = story.text(root, "text/plain", "\u0001".repeat(400));
        for (var ref : List.of(small, large, widened))
            story.tell(root, new WorkflowEvent.EndpointCalled("c", "f", ref, "x"));
        story.tell(root, new Event.Emitted("huge", Json.of("h".repeat(5_000))));
        story.tell(root, new Event.Emitted("mine", Json.parse(reference(small))));
        story.completed(root, "42");
        write(SMALL);
        var lines = Files.readAllLines(folder().resolve("events.jsonl"));
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(2_000));
        assertThat(lines.get(2)).contains("\"text\":\"small 😀 \\ud800\"");
        assertThat(lines.get(3)).doesNotContain("LLL");
        assertThat(names(folder().resolve("blobs"))).hasSize(3);
        var run = RunFiles.read(folder());
        var read = new ArrayList<Entry>();
        run.forEach(read::add);
        assertThat(read).isEqualTo(journal(Story.ROOT));
        for (var ref : List.of(small, large, widened))
            assertThat(run.content(ref)).isEqualTo(story.journal.content(ref));
    }

    private static String reference(Ref ref) {
        return "{\"hash\":\"" + ref.hash() + "\",\"size\":1,\"mediaType\":\"text/plain\"}";
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
    void aLastLineThatWasNotWrittenWholeIsPassedOver() throws Exception {
        wholeRun();
        write(FileLimits.standard());
        var file = folder().resolve("events.jsonl");
        var whole = Files.readAllBytes(file);
        int last =
                new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf('\n', whole.length - 2);
        var all = journal(Story.ROOT);
        for (int end = last + 1; end <= whole.length; end++) {
            Files.write(file, Arrays.copyOf(whole, end));
            int read = end == whole.length ? all.size() : all.size() - 1;
            assertThat(entries(folder())).isEqualTo(all.subList(0, read));
        }
    }

    @Test
    void aLineThatIsNoEntryIsSaidToBeDamaged() throws Exception {
        wholeRun();
        write(FileLimits.standard());
        var file = folder().resolve("events.jsonl");
        var lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(1, "{\"seq\":");
        Files.write(file, lines);
        assertThatThrownBy(() -> entries(folder()))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        damaged -> {
                            assertThat(damaged.failure().code()).isEqualTo("store.damaged");
                            assertThat(damaged.failure().message())
                                    .contains("events.jsonl, line 2");
                        });
    }

    @Test
    void whatIsReadBackIsShownAsItWasAndAsLostIfItsProgramDied() throws Exception {
        var root = story.root(Story.ROOT, "pool");
        story.child(root, "c1", "t0001");
        story.exposed(root, "add_task");
        write(FileLimits.standard());
        var run = RunFiles.read(folder());
        assertThat(run.picture().orElseThrow().progress().words()).isEqualTo("working");
        var folder = new RunFolder(folder());
        folder.write(card().withStanding(new RunCard.Standing(RunCard.LOST, null)));
        assertThat(run.picture().orElseThrow().progress().words()).isEqualTo("lost");
        run.rewriteStatus();
        assertThat(Files.readString(folder().resolve("STATUS.md")))
                .contains("- Status: lost\n", "- t0001 (run-task): lost\n", "`add_task()`")
                .contains("- Summary: Of " + Story.ROOT);
    }

    @Test
    void aFolderWithoutEntriesIsEmpty() {
        var nothing = RunFiles.read(temporary.resolve("none"));
        assertThat(nothing.picture()).isEmpty();
        nothing.rewriteStatus();
        assertThat(temporary.resolve("none")).doesNotExist();
    }

    @Test
    @Tag("WF-79")
    void thePageIsAlwaysWhole() throws Exception {
        var root = story.root(Story.ROOT, "pool");
        try (var _ = start(RunFiles.Which.WORKFLOWS, FileLimits.standard());
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

    /** Remembers what was said. */
    private record Log(List<String> said) implements System.Logger {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            said.add(message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... values) {
            said.add(format);
        }
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
                        new RunFiles.Setting(folder, RunFiles.Which.WORKFLOWS, program, clock));
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
