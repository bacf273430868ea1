package dev.skein.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.event.Archive;
import dev.skein.event.Cursor;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.EventReader;
import dev.skein.event.Journal;
import dev.skein.home.RunCard;
import dev.skein.home.RunFolder;
import dev.skein.json.Json;
import dev.skein.policy.Control;
import dev.skein.policy.HandClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers that come too late for a small journal, and the files of its runs. */
@Tag("WF-54")
@Timeout(60)
class RunArchiveTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final FileLimits ROLLING = new FileLimits(20_000, 1 << 30, 2_000, 500);

    private final HandClock clock = new HandClock();
    private final Story story = new Story(clock, Journal.inMemory(clock, 100, 1 << 20));
    private final List<Entry> all = new ArrayList<>();
    private final Story.Run root = story.root(Story.ROOT, "pool");
    private final Story.Run child = story.child(root, "c1", "t0001");
    private final Story.Run other = story.root("other", "other");
    @TempDir private Path folder;

    @AfterEach
    void close() {
        story.close();
    }

    private RunFiles start(FileLimits limits) {
        var program = new RunFiles.Program("Pool.java", 7, "rt", "0.1.0", _ -> "");
        var setting = new RunFiles.Setting(folder, Control.RunFiles.WORKFLOWS, program, clock);
        var log = System.getLogger("dev.skein.files");
        var files = RunFiles.start(new RunFiles.Place(story.journal, setting, limits, log));
        story.journal.archive(files.archive());
        return files;
    }

    /** Three entries each: of the child, of the root and of a stranger. */
    private void tell(int times) {
        for (int i = 0; i < times; i++)
            for (var run : List.of(child, root, other))
                all.add(story.tell(run, new Event.Emitted("n", Json.of(all.size()))));
    }

    /** In portions that the journal keeps until they are written. */
    private void tellWritten(int portions, Archive archive) throws InterruptedException {
        for (int i = 0; i < portions; i++) {
            tell(20);
            assertThat(archive.await(story.journal.last(), LONG)).isTrue();
        }
    }

    private List<Entry> emitted(Predicate<Entry> wanted) {
        return all.stream().filter(wanted).toList();
    }

    private List<Entry> rest(EventReader reader) throws InterruptedException {
        var read = new ArrayList<Entry>();
        while (reader.position() < story.journal.last()) {
            var next = reader.next(Duration.ZERO);
            if (next.isEmpty()) return read;
            if (next.get().event() instanceof Event.Emitted) read.add(next.get());
        }
        return read;
    }

    private static boolean ofPool(Entry entry) {
        return entry.origin().root().equals(Story.ROOT);
    }

    @Test
    void aLateReaderGetsEveryEntryOnceAndInOrder() throws Exception {
        try (var files = start(ROLLING)) {
            tellWritten(30, files.archive());
            try (var names = Files.list(folder.resolve(Story.ROOT))) {
                assertThat(names.filter(name -> name.toString().contains("events.")))
                        .hasSizeGreaterThan(3);
            }
            for (var run : List.of(root, child))
                try (var reader = story.journal.read(new Cursor.OfRun(run.id(), 0))) {
                    assertThat(rest(reader))
                            .isEqualTo(emitted(one -> one.origin().run().equals(run.id())));
                    assertThat(reader.missing()).isZero();
                    assertThat(reader.position()).isEqualTo(story.journal.last(run.id()));
                }
            try (var reader = story.journal.read(new Cursor.OfTree(Story.ROOT, 0))) {
                assertThat(rest(reader)).isEqualTo(emitted(RunArchiveTest::ofPool));
                assertThat(reader.missing()).isZero();
            }
            try (var reader = story.journal.read(new Cursor.OfRun(Story.ROOT, 300))) {
                assertThat(reader.next(LONG).orElseThrow().number()).isEqualTo(301);
            }
        }
    }

    @Test
    void aReaderThatFallsBehindAgainAndAgainGetsEveryEntryOnceAndInOrder() throws Exception {
        try (var files = start(ROLLING);
                var ofTree = story.journal.read(new Cursor.OfTree(Story.ROOT, 0));
                var ofRun = story.journal.read(new Cursor.OfRun(child.id(), 0))) {
            var tree = new ArrayList<Entry>();
            var run = new ArrayList<Entry>();
            for (int round = 0; round < 40; round++) {
                tellWritten(3, files.archive());
                for (int i = 0; i < 70; i++) {
                    ofTree.next(LONG).ifPresent(tree::add);
                    if (i % 2 == 0) ofRun.next(LONG).ifPresent(run::add);
                }
            }
            tree.addAll(rest(ofTree));
            run.addAll(rest(ofRun));
            tree.removeIf(entry -> !(entry.event() instanceof Event.Emitted));
            run.removeIf(entry -> !(entry.event() instanceof Event.Emitted));
            assertThat(tree).isEqualTo(emitted(RunArchiveTest::ofPool));
            assertThat(run).isEqualTo(emitted(one -> one.origin().run().equals(child.id())));
            assertThat(ofTree.missing() + ofRun.missing()).isZero();
        }
    }

    @Test
    void whatTheFilesDoNotHaveEitherIsCounted() throws Exception {
        var small = new FileLimits(10_000, 100_000, 2_000, 500);
        try (var files = start(small)) {
            tellWritten(30, files.archive());
            try (var reader = story.journal.read(new Cursor.OfRun(child.id(), 0))) {
                var first = reader.next(LONG).orElseThrow();
                assertThat(first.event()).isInstanceOf(Event.Gap.class);
                var read = rest(reader);
                assertThat(read).hasSizeBetween(60, 500);
                assertThat(read.getFirst().number()).isEqualTo(reader.missing() + 1);
                assertThat(reader.missing() + read.size())
                        .isEqualTo(story.journal.last(child.id()));
            }
        }
        tell(200); // nobody writes any more
        try (var reader = story.journal.read(new Cursor.OfRun(child.id(), 0))) {
            assertThat(rest(reader).size() + reader.missing())
                    .isEqualTo(story.journal.last(child.id()));
        }
        try (var reader = story.journal.read(new Cursor.OfTree(Story.ROOT, 0))) {
            var read = rest(reader);
            assertThat(read).isSubsetOf(emitted(RunArchiveTest::ofPool)).doesNotHaveDuplicates();
            assertThat(reader.missing()).isPositive();
        }
    }

    @Test
    void aRunThatTheJournalHasForgottenIsReadFromItsFilesToItsEnd() throws Exception {
        try (var files = start(ROLLING)) {
            tellWritten(2, files.archive());
            for (var run : List.of(child, root)) {
                story.completed(run, "1");
                assertThat(files.archive().await(story.journal.last(), LONG)).isTrue();
            }
            for (int i = 0; i < 5; i++) {
                var filler = story.root("filler" + i, "filler");
                for (int n = 0; n < 40; n++) story.exposed(filler, "e" + n);
                story.completed(filler, "3");
                assertThat(files.archive().await(story.journal.last(), LONG)).isTrue();
            }
            assertThat(story.journal.last(Story.ROOT)).isZero();
            try (var reader = story.journal.read(new Cursor.OfTree(Story.ROOT, 0))) {
                var read = new ArrayList<Entry>();
                reader.forEach(read::add);
                read.removeIf(entry -> !(entry.event() instanceof Event.Emitted));
                assertThat(read).isEqualTo(emitted(RunArchiveTest::ofPool));
                assertThat(reader.ended()).isTrue();
                assertThat(reader.missing()).isZero();
            }
        }
    }

    @Test
    void aRunWithoutFilesIsCountedAsBefore() throws Exception {
        try (var _ = start(ROLLING)) {
            story.journal.archive(new RunArchive(folder.resolve("elsewhere"), new Written()));
            tell(100);
            try (var reader = story.journal.read(new Cursor.OfRun(root.id(), 0))) {
                assertThat(rest(reader).size() + reader.missing())
                        .isEqualTo(story.journal.last(root.id()));
                assertThat(reader.missing()).isPositive();
            }
        }
    }

    /** What the run's files begin with is in them, what came after it was gone too soon. */
    @Test
    void aRunWhoseEndWasGoneBeforeItWasWrittenIsLost() throws Exception {
        var begun = new CountDownLatch(1);
        var flooded = new CountDownLatch(1);
        var program =
                new RunFiles.Program(
                        "Pool.java",
                        7,
                        "rt",
                        "0.1.0",
                        _ -> {
                            begun.countDown();
                            return flooded(flooded);
                        });
        var setting = new RunFiles.Setting(folder, Control.RunFiles.WORKFLOWS, program, clock);
        var log = System.getLogger("dev.skein.files");
        try (var files = RunFiles.start(new RunFiles.Place(story.journal, setting, ROLLING, log))) {
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            tell(50);
            story.completed(child, "1");
            story.completed(root, "1");
            for (int i = 0; i < 200; i++) story.tell(other, new Event.Emitted("n", Json.of(i)));
            flooded.countDown();
            assertThat(files.archive().await(story.journal.last(), LONG)).isTrue();
        }
        var card = new RunFolder(folder.resolve(Story.ROOT)).card().orElseThrow();
        assertThat(card.standing().status()).isEqualTo(RunCard.LOST);
        assertThat(folder.resolve(Story.ROOT).resolve(RootFiles.STATUS)).content().contains("lost");
    }

    private static String flooded(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
