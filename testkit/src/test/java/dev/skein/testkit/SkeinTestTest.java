package dev.skein.testkit;

import static dev.skein.testkit.SkeinAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.event.Cursor;
import dev.skein.event.Entry;
import dev.skein.event.ModelEvent;
import dev.skein.failure.Denied;
import dev.skein.policy.Reach;
import dev.skein.policy.RetryRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SkeinTest
class SkeinTestTest {
    @TempDir Path reports;

    @Test
    void runsHappenInVirtualTime(TestRuntime skein, ManualClock clock) throws Exception {
        var asked = new ArrayList<Duration>();
        var parrot = new Parrot();
        for (int i = 0; i < 4; i++) {
            boolean last = i == 3;
            parrot.learns(call -> {
                asked.add(Duration.between(TestRuntime.START, clock.instant()));
                if (last) return Parrot.reply("At last.", List.of());
                throw Parrot.overloaded();
            });
        }
        var agent = ModelAgent.of("goose").withModel("parrot");
        skein.with(config -> config.withNamedModel("parrot", parrot));

        var handle = skein.spawn(agent, Task.of("go"));
        for (int i = 0; i < 3; i++) {
            int failed = i + 1;
            skein.await(ModelEvent.ModelFailed.class, event -> event.attempt() == failed);
            clock.awaitWaiters(2);
            clock.advanceToNextWake();
        }

        assertThat(skein.run(handle.result())).isCompleted().hasModelCalls(4);
        assertThat(asked).hasSize(4).isSorted().startsWith(Duration.ZERO);
        var limits = RetryRule.standard();
        for (int i = 1; i < 4; i++)
            assertThat(asked.get(i).minus(asked.get(i - 1)))
                    .isLessThanOrEqualTo(limits.base().multipliedBy(1L << (i - 1)));
    }

    @Test
    void theSameSeedGivesTheSameJournal() throws Exception {
        assertThat(journal(7)).isEqualTo(journal(7)).isNotEqualTo(journal(8));
    }

    private static List<Entry> journal(long seed) throws InterruptedException {
        try (var skein = TestRuntime.of(seed)) {
            var parrot = new Parrot().calls("none", "{}").says("Done.");
            skein.with(config -> config.withModel(parrot));
            skein.run(ModelAgent.of("goose"), Task.of("go"));
            return TestRun.read(skein.runtime().journal(), Cursor.start());
        }
    }

    @Test
    void theRuntimeIsConfiguredBeforeItsFirstUse(TestRuntime skein) {
        skein.runtime();
        assertThatThrownBy(() -> skein.with(config -> config))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theEnvironmentIsThatOfTheProvider(TestRuntime skein, FakeProvider provider) {
        var environment = skein.runtime().config().ports().environment();
        assertThat(environment.variable("OPENAI_BASE_URL"))
                .hasValue(provider.openai().base().toString());
        assertThat(environment.variable("PATH")).isEmpty();
    }

    @Test
    void theNetworkEndsAtThisComputer(TestRuntime skein) {
        assertThat(skein.runtime().config().models().transport().reach()).isEqualTo(Reach.LOOPBACK);
    }

    @Test
    void runsAreListedInTheirOrder(TestRuntime skein) throws Exception {
        skein.with(config -> config.withModel(new Parrot().says("a").says("b")));
        var first = skein.run(ModelAgent.of("goose"), Task.of("one"));
        var second = skein.run(ModelAgent.of("swan"), Task.of("two"));

        assertThat(skein.runs())
                .extracting(TestRun::id)
                .containsExactly(first.work().runId(), second.work().runId());
        assertThat(skein.run(second.work().runId())).hasOutput("b").ranAgents("swan");
    }

    /** Fixtures, run by a launcher of their own. */
    @SkeinTest(seed = "4711", hangSeconds = 1)
    static class Bad {
        @Test
        void failsAfterARun(TestRuntime skein) throws Exception {
            skein.with(config -> config.withModel(new Parrot().says("They fly.")));
            assertThat(skein.run(ModelAgent.of("goose"), Task.of("why?"))).hasTurns(5);
        }

        @Test
        void leavesARun(TestRuntime skein) {
            skein.with(config ->
                    config.withModel(
                            new Parrot()
                                    .learns(_ -> {
                                        new CountDownLatch(1).await();
                                        throw new AssertionError(Denied.class);
                                    })));
            skein.spawn(ModelAgent.of("goose"), Task.of("go"));
        }

        @Test
        void leavesAThread() {
            Thread.ofVirtual()
                    .name("left-alone")
                    .start(() -> {
                        try {
                            GATE.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
        }

        @Test
        void hangs(TestRuntime skein) throws Exception {
            skein.runtime();
            new CountDownLatch(1).await();
        }
    }

    private static final CountDownLatch GATE = new CountDownLatch(1);

    @Test
    void aTestThatFailsTellsItsSeedAndItsRuns() {
        var seed = System.getProperty("skein.seed", "4711");
        assertThat(suppressed("failsAfterARun"))
                .contains(
                        "Seed %s: run it again with -Dskein.seed=%s".formatted(seed, seed),
                        "of 'goose' completed");
    }

    @Test
    void aTestThatLeavesARunFails() {
        assertThat(Suites.run(Bad.class, reports, "leavesARun").failed().get("leavesARun"))
                .contains("Runs that go on:", "of 'goose' has not ended");
    }

    @Test
    void aTestThatLeavesAThreadFails() {
        assertThat(Suites.run(Bad.class, reports, "leavesAThread").failed().get("leavesAThread"))
                .contains("1 left behind:", "virtual thread \"left-alone\"");
        GATE.countDown();
    }

    @Test
    void aTestThatHangsIsInterrupted() {
        assertThat(Suites.run(Bad.class, reports, "hangs").failed().get("hangs"))
                .contains("Hung for 1 s:", "SkeinTestTest$Bad.hangs", "Last entries:");
    }

    private String suppressed(String test) {
        return Suites.run(Bad.class, reports, test).suppressed().getOrDefault(test, "");
    }
}
