package dev.skein.testkit;

import static dev.skein.testkit.SkeinAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.event.Event;
import dev.skein.event.Journal;
import dev.skein.event.Origin;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.event.SessionEvent;
import dev.skein.event.Trace;
import dev.skein.event.TurnEvent;
import dev.skein.model.Usage;
import dev.skein.name.Namespace;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JournalAssertTest {
    private final Journal journal = Journal.inMemory(ManualClock.at(Instant.EPOCH));

    @Test
    void aJournalInWhichEveryRunEndedPasses() throws InterruptedException {
        submit("a");
        submit("b");
        end("b");
        append("a", new TurnEvent.TurnEnded(1, Usage.none(), 0));
        end("a");

        assertThat(journal)
                .everyRunEnded()
                .isWithoutHoles()
                .hasRuns(2)
                .hasEntries(RunEvent.RunSubmitted.class, TurnEvent.TurnEnded.class)
                .hasEntries(TurnEvent.TurnEnded.class, 1)
                .noSecret("canary");
    }

    @Test
    void aRunWithoutAnEndIsNamed() throws InterruptedException {
        submit("a");

        assertThatThrownBy(() -> assertThat(journal).everyRunEnded())
                .hasMessageContainingAll("an end of run a", "1 goose RunSubmitted");
    }

    @Test
    void aSecondEndIsNoticed() throws InterruptedException {
        submit("a");
        end("a");
        end("a");

        assertThatThrownBy(() -> assertThat(journal).everyRunEnded())
                .hasMessageContaining("nothing after the end of run a");
    }

    @Test
    void entriesInAnotherOrderAreNoticed() throws InterruptedException {
        submit("a");
        end("a");

        assertThatThrownBy(() ->
                        assertThat(journal)
                                .hasEntries(RunEvent.RunEnded.class, RunEvent.RunSubmitted.class))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> assertThat(journal).hasRuns(2))
                .hasMessageContaining("2 entries RunSubmitted, not 1");
    }

    @Test
    void aSecretInAKeptTextIsFound() throws InterruptedException {
        var ref = journal.keep("a", "text/plain", "the canary sings");
        append("a", new SessionEvent.MessageAdded(ref, "user"));

        assertThatThrownBy(() -> assertThat(journal).noSecret("canary"))
                .hasMessageContaining("plain in entry 1, MessageAdded");
    }

    @Test
    void forgottenEntriesAreHoles() throws InterruptedException {
        try (var small = Journal.inMemory(ManualClock.at(Instant.EPOCH), 3, 1_000_000)) {
            for (var run : new String[] {"a", "b"}) {
                small.append(origin(run), new TurnEvent.TurnEnded(1, Usage.none(), 0));
                small.append(origin(run), ended());
            }
            assertThatThrownBy(() -> assertThat(small).isWithoutHoles())
                    .isInstanceOf(AssertionError.class);
        }
    }

    private void submit(String run) throws InterruptedException {
        var input = journal.keep(run, "application/json", "\"go\"");
        append(run, new RunEvent.RunSubmitted("goose", input, null, null));
    }

    private void end(String run) throws InterruptedException {
        append(run, ended());
    }

    private static RunEvent.RunEnded ended() {
        return new RunEvent.RunEnded(
                new RunEvent.Outcome(RunStatus.COMPLETED, null, null, null, null),
                Usage.none(),
                1,
                Duration.ZERO);
    }

    private void append(String run, Event event) throws InterruptedException {
        journal.append(origin(run), event);
    }

    private static Origin origin(String run) {
        return new Origin(
                run, run, null, "goose", Namespace.standard(), "goose", new Trace("0", "0"));
    }
}
