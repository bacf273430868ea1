package dev.skein.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Usage;
import dev.skein.name.Namespace;
import dev.skein.tool.TrustLevel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemoryJournalTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Trace TRACE = new Trace("0".repeat(32), "0".repeat(16));

    private final Journal journal = Journal.inMemory(InstantSource.system());

    private static Origin of(String run) {
        return new Origin(run, run, null, "agent", Namespace.standard(), "agent", TRACE);
    }

    private static Origin childOf(String root, String run) {
        return new Origin(run, root, root, "agent", Namespace.standard(), "agent/child", TRACE);
    }

    private static RunEvent started(int attempt) {
        return new RunEvent.RunStarted("local", attempt, TrustLevel.MEDIUM);
    }

    private static RunEvent ended() {
        var outcome = new RunEvent.Outcome(RunStatus.COMPLETED, null, null, null, null);
        return new RunEvent.RunEnded(outcome, Usage.none(), 1, Duration.ZERO);
    }

    private static List<Entry> readAll(Journal journal, Cursor from) throws InterruptedException {
        var read = new ArrayList<Entry>();
        try (var reader = journal.read(from)) {
            for (var next = reader.next(Duration.ZERO);
                    next.isPresent();
                    next = reader.next(Duration.ZERO)) read.add(next.get());
        }
        return read;
    }

    @Test
    void entriesComeBackInTheOrderInWhichTheyWereAppended() throws Exception {
        for (int i = 1; i <= 5; i++) journal.append(of("a"), started(i));
        assertThat(readAll(journal, Cursor.start()))
                .extracting(Entry::event)
                .containsExactly(started(1), started(2), started(3), started(4), started(5));
    }

    @Test
    void numbersAreDenseInTheJournalAndInEachRunUnderManyWriters() throws Exception {
        var threads = new ArrayList<Thread>();
        for (int w = 0; w < 16; w++) {
            var origin = of("run" + w % 4);
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    for (int i = 0; i < 500; i++)
                                        journal.append(origin, started(i));
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            }));
        }
        for (var thread : threads) thread.join();
        var all = readAll(journal, Cursor.start());
        assertThat(all)
                .extracting(Entry::seq)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 8_000).boxed().toList());
        var numbers = new HashMap<String, Long>();
        for (var entry : all)
            assertThat(entry.number())
                    .isEqualTo(numbers.merge(entry.origin().run(), 1L, Long::sum));
        assertThat(journal.last()).isEqualTo(8_000);
    }

    @Test
    void aReaderThatAsksBeyondTheEndWaits() throws Exception {
        var read = new AtomicReference<Entry>();
        var begun = new CountDownLatch(1);
        var reading =
                Thread.ofVirtual()
                        .start(() -> {
                            try (var reader = journal.read(Cursor.start())) {
                                begun.countDown();
                                read.set(reader.next(LONG).orElseThrow());
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        begun.await();
        var appended = journal.append(of("a"), started(1));
        reading.join();
        assertThat(read.get()).isEqualTo(appended);
    }

    @Test
    void aReaderOfARunEndsWithTheRun() throws Exception {
        journal.append(of("a"), started(1));
        journal.append(of("b"), started(2));
        journal.append(of("a"), ended());
        try (var reader = journal.read(new Cursor.OfRun("a", 0))) {
            assertThat(reader.next(LONG)).isPresent();
            assertThat(reader.next(LONG)).isPresent();
            assertThat(reader.next(LONG)).isEmpty();
            assertThat(reader.ended()).isTrue();
        }
    }

    @Test
    void aReaderOfATreeSeesDescendantsAndEndsWithTheRoot() throws Exception {
        journal.append(of("root"), started(1));
        journal.append(childOf("root", "child"), started(2));
        journal.append(of("stranger"), started(3));
        journal.append(childOf("root", "child"), ended());
        journal.append(of("root"), ended());
        assertThat(readAll(journal, new Cursor.OfTree("root", 0)))
                .extracting(entry -> entry.origin().run())
                .containsExactly("root", "child", "child", "root");
        try (var reader = journal.read(new Cursor.OfTree("root", 5))) {
            assertThat(reader.next(LONG)).isEmpty();
            assertThat(reader.ended()).isTrue();
        }
    }

    @Test
    void readingFromTheMiddleGivesEachLaterEntryOnce() throws Exception {
        for (int i = 1; i <= 3_000; i++) journal.append(of("a"), started(i));
        assertThat(readAll(journal, new Cursor.All(2_500)))
                .extracting(Entry::seq)
                .containsExactlyElementsOf(LongStream.rangeClosed(2_501, 3_000).boxed().toList());
        assertThat(readAll(journal, new Cursor.OfRun("a", 2_990))).hasSize(10);
    }

    @Test
    void finishedRunsAreForgottenOldestFirstAndOpenOnesNever() throws Exception {
        var small = Journal.inMemory(InstantSource.system(), 10, 1 << 20);
        small.append(of("open"), started(0));
        for (int run = 0; run < 20; run++) {
            small.append(of("r" + run), started(run));
            small.append(of("r" + run), ended());
        }
        var kept = readAll(small, Cursor.start());
        assertThat(kept.stream().filter(entry -> !(entry.event() instanceof Event.Gap)))
                .hasSizeLessThanOrEqualTo(11);
        assertThat(kept.getFirst().origin().run()).isEqualTo("open");
        assertThat(kept.getLast().origin().run()).isEqualTo("r19");
        assertThat(small.last()).isEqualTo(41);
    }

    @Test
    void whatIsGoneIsOneGapAndIsCounted() throws Exception {
        var small = Journal.inMemory(InstantSource.system(), 4, 1 << 20);
        for (int run = 0; run < 10; run++) {
            small.append(of("r" + run), started(run));
            small.append(of("r" + run), ended());
        }
        try (var reader = small.read(Cursor.start())) {
            assertThat(reader.next(LONG).orElseThrow().event()).isEqualTo(new Event.Gap(1, 16));
            assertThat(reader.missing()).isEqualTo(16);
            assertThat(reader.next(LONG).orElseThrow().seq()).isEqualTo(17);
        }
    }

    @Test
    void whatTheArchiveDoesNotHaveYetMayTakeAsMuchAgain() throws Exception {
        var small = Journal.inMemory(InstantSource.system(), 100, 1 << 20);
        var written = new AtomicLong();
        small.archive(new Unread(written));
        for (int i = 0; i < 150; i++) small.append(of("open"), started(i));
        assertThat(readAll(small, Cursor.start())).hasSize(150);
        for (int i = 0; i < 150; i++) small.append(of("open"), started(i));
        assertThat(readAll(small, Cursor.start()).getFirst().event())
                .isEqualTo(new Event.Gap(1, 100));
        written.set(300);
        small.append(of("open"), started(0));
        assertThat(readAll(small, Cursor.start()).getFirst().event())
                .isEqualTo(new Event.Gap(1, 201));
    }

    /** An archive that says how far it is and has nothing to read. */
    private record Unread(AtomicLong at) implements Archive {
        @Override
        public boolean await(long seq, Duration limit) {
            return true;
        }

        @Override
        public long written() {
            return at.get();
        }

        @Override
        public Optional<Recording> open(String root) {
            return Optional.empty();
        }
    }

    @Test
    @Tag("WF-54")
    void aMillionEntriesAndAReaderThatNeverReadsFillNothing() throws Exception {
        var bounded = (MemoryJournal) Journal.inMemory(InstantSource.system());
        try (var reader = bounded.read(new Cursor.OfRun("a", 0))) {
            for (int i = 0; i < 1_000_000; i++)
                bounded.append(of("a"), new Event.Emitted("n", Json.of(i)));
            assertThat(bounded.shelf().size()).isEqualTo(100_000);
            var gap = reader.next(LONG).orElseThrow();
            assertThat(gap.event()).isEqualTo(new Event.Gap(1, 900_000));
            assertThat(reader.missing()).isEqualTo(900_000);
            assertThat(reader.next(LONG).orElseThrow().number()).isEqualTo(900_001);
        }
    }

    @Test
    void contentIsKeptOnceAndGoneWithTheLastRunThatUsedIt() throws Exception {
        var small = Journal.inMemory(InstantSource.system(), 2, 1 << 20);
        var first = small.keep("a", "text/plain", "same");
        assertThat(small.keep("b", "text/plain", "same")).isEqualTo(first);
        small.append(of("a"), ended());
        small.append(of("b"), ended());
        assertThat(small.content(first)).contains("same");
        small.append(of("c"), ended());
        assertThat(small.content(first)).contains("same");
        small.append(of("d"), ended());
        assertThat(small.content(first)).isEmpty();
    }

    @Test
    void contentThatRunsUseInTurnsIsGoneWithTheLastOfThem() throws Exception {
        var small = Journal.inMemory(InstantSource.system(), 2, 1L << 20);
        var ref = small.keep("a", "text/plain", "shared");
        small.keep("b", "text/plain", "shared");
        small.keep("a", "text/plain", "shared");
        small.keep("a", "text/plain", "shared");
        for (var run : List.of("a", "b")) {
            assertThat(small.content(ref)).contains("shared");
            small.append(of(run), started(1));
            small.append(of(run), ended());
        }
        assertThat(small.content(ref)).contains("shared");
        small.append(of("c"), started(1));
        small.append(of("c"), ended());
        assertThat(small.content(ref)).isEmpty();
    }

    @Test
    void anOldOpenRunKeepsItsEntriesWhileThousandsAfterItAreForgotten() throws Exception {
        var small = Journal.inMemory(InstantSource.system(), 10, 1L << 20);
        small.append(of("old"), started(1));
        for (int i = 0; i < 5_000; i++) {
            small.append(of("r" + i), started(1));
            small.append(of("r" + i), ended());
        }
        small.append(of("old"), started(2));
        assertThat(readAll(small, new Cursor.OfRun("old", 0)))
                .extracting(Entry::event)
                .containsExactly(started(1), started(2));
        assertThat(readAll(small, new Cursor.OfRun("old", 7))).isEmpty();
        assertThat(readAll(small, Cursor.start())).hasSize(11);
    }

    @Test
    void contentIsAddressedByItsHash() throws Exception {
        var ref = journal.keep("a", "text/plain", "hello");
        assertThat(ref.hash())
                .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(ref.size()).isEqualTo(5);
    }

    @Test
    void closingWakesReadersAndRefusesWriters() throws Exception {
        var waiting = new CountDownLatch(1);
        var reading =
                new FutureTask<>(() -> {
                    try (var reader = journal.read(Cursor.start())) {
                        waiting.countDown();
                        return reader.next(Duration.ofDays(1)).isEmpty() && reader.ended();
                    }
                });
        Thread.ofVirtual().start(reading);
        waiting.await();
        journal.close();
        assertThat(reading.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> journal.append(of("a"), started(1)))
                .isInstanceOf(SkeinException.class);
    }

    @Test
    void aKindIsNamedInLowerSnakeCase() {
        assertThat(ended().kind()).isEqualTo("run_ended");
        assertThat(new Event.Gap(1, 2).kind()).isEqualTo("gap");
    }

    @Test
    void firstSkipsWhatIsNotAskedFor() throws Exception {
        journal.append(of("a"), started(1));
        journal.append(of("a"), started(2));
        try (var reader = journal.read(Cursor.start())) {
            assertThat(reader.first(RunEvent.RunStarted.class, event -> event.attempt() == 2, LONG))
                    .contains(new RunEvent.RunStarted("local", 2, TrustLevel.MEDIUM));
            assertThat(reader.first(RunEvent.RunEnded.class, _ -> true, Duration.ZERO)).isEmpty();
        }
    }
}
