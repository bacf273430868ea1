package dev.skein.testkit;

import static dev.skein.testkit.SkeinAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.ModelEvent;
import dev.skein.event.RunEvent;
import dev.skein.event.ToolEvent;
import dev.skein.model.Money;
import dev.skein.model.Price;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Asking;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunAssertTest {
    record Query(String text) {}

    record Verdict(int stars) {}

    private static final Tool SEARCH =
            Tool.of("search", "Finds pages.", Query.class, query -> "found " + query.text());
    private static final Tool DROP =
            Tool.of("drop", "Drops a table.", Query.class, _ -> "dropped").ask(Asking.ALWAYS);

    private final Parrot parrot = new Parrot();
    private final ManualClock clock = ManualClock.at(Instant.parse("2026-03-02T09:00:00Z"));
    private final AgentRuntime runtime =
            AgentRuntime.open(
                    RuntimeConfig.defaults()
                            .withModel(parrot)
                            .withClock(clock)
                            .withTools(SEARCH, DROP));

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void aRunThatDidWhatIsClaimedPasses() throws InterruptedException {
        parrot.calls("search", "{\"text\":\"geese\"}").says("They fly.");
        var result = run(agent("search"), "why?");

        assertThat(result)
                .isCompleted()
                .hasOutput("They fly.")
                .hasTurns(2)
                .hasRepairs(0)
                .called("search")
                .called("search", 1)
                .calledInOrder("search")
                .neverCalled("drop", "refund")
                .neverSaid("swim")
                .noSecret("sk-12345678")
                .usedAtMost(30)
                .tookVirtual(Duration.ZERO);
        assertThat(TestRun.of(result, runtime.journal()))
                .isCompleted()
                .hasOutput("They fly.")
                .hasModelCalls(2)
                .ranAgents("goose")
                .noSecret("sk-12345678")
                .hasEntries(
                        RunEvent.RunSubmitted.class,
                        ToolEvent.ToolCalled.class,
                        ToolEvent.ToolReturned.class,
                        RunEvent.RunEnded.class);
    }

    @Test
    void eachWrongClaimFails() throws InterruptedException {
        parrot.calls("search", "{\"text\":\"geese\"}").says("They fly.");
        var result = run(agent("search"), "why?");
        var run = TestRun.of(result, runtime.journal());

        List<ThrowingCallable> wrong =
                List.of(
                        () -> assertThat(result).isCanceled(),
                        () -> assertThat(result).failedWith("limit.turns"),
                        () -> assertThat(result).hasOutput("They swim."),
                        () -> assertThat(result).outputSatisfies(o -> assertThat(o).isEmpty()),
                        () -> assertThat(result).hasTurns(1),
                        () -> assertThat(result).hasRepairs(1),
                        () -> assertThat(result).called("drop"),
                        () -> assertThat(result).called("search", 2),
                        () -> assertThat(result).calledInOrder("search", "search"),
                        () -> assertThat(result).neverCalled("search"),
                        () -> assertThat(result).neverSaid("fly"),
                        () -> assertThat(result).neverSaid("geese"),
                        () -> assertThat(result).noSecret("They fly."),
                        () -> assertThat(result).usedAtMost(29),
                        () -> assertThat(result).costAtMost("100.00 USD"),
                        () -> assertThat(result).tookVirtual(Duration.ofSeconds(1)),
                        () -> assertThat(result).refused("search", "denied.tool"),
                        () -> assertThat(run).hasModelCalls(1),
                        () -> assertThat(run).askedApproval("search"),
                        () -> assertThat(run).ranAgents("goose", "goose"),
                        () -> assertThat(run).noSecret("They fly."),
                        () -> assertThat(run).hasOutput("They swim."),
                        () ->
                                assertThat(run)
                                        .hasEntries(
                                                RunEvent.RunEnded.class,
                                                ModelEvent.ModelAsked.class));
        for (var claim : wrong)
            assertThatThrownBy(claim)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Run " + result.work().runId());
    }

    @Test
    void aFailedAssertionTellsTheRun() throws InterruptedException {
        parrot.calls("search", "{\"text\":\"" + "g".repeat(500) + "\"}")
                .calls("drop", "{\"text\":\"users\"}")
                .fails()
                .says("Done.");
        var handle = runtime.spawn(agent("search", "drop"), Task.of("clean up"));
        clock.awaitWaiters(2);
        clock.advance(Duration.ofSeconds(1));
        var run = TestRun.of(handle.result(), runtime.journal());

        assertThatThrownBy(() -> assertThat(run).hasTurns(7))
                .hasMessageContainingAll(
                        "Expected: 7 turns",
                        "Found:    3 turns",
                        "of 'goose' completed after 3 turns, 45 tokens",
                        "given \"clean up\"",
                        "turn 1 of given",
                        "called search {\"text\":\"ggg",
                        "ggg… (511 characters)",
                        "search returned: found ggg",
                        "asked whether drop may be called: it is always asked for",
                        "refused drop: denied.tool:",
                        "try 1 failed: model.overloaded: parrot is overloaded (529)",
                        "said: Done.")
                .hasMessageNotContaining("g".repeat(201));
    }

    @Test
    void aRunThatGoesOnIsToldWithItsLastEntry() throws InterruptedException {
        parrot.fails();
        var handle = runtime.spawn(agent(), Task.of("wait"));
        clock.awaitWaiters(2);

        assertThatThrownBy(
                        () -> assertThat(TestRun.of(handle.id(), runtime.journal())).isCompleted())
                .hasMessageContainingAll("has not ended; its last entry is", "ModelFailed");
        handle.cancel("enough");
        assertThat(handle.result()).isCanceled();
    }

    @Test
    void repairsAndTypedOutputsAreSeen() throws InterruptedException {
        parrot.says("{\"stars\":\"five\"}").says("{\"stars\":5}");
        var result = run(ModelAgent.of("critic", Verdict.class), "review");

        assertThat(result)
                .isCompleted()
                .hasTurns(2)
                .hasRepairs(1)
                .hasOutput(new Verdict(5))
                .outputSatisfies(verdict -> assertThat(verdict.stars()).isEqualTo(5));
        assertThat(TestRun.of(result.work().runId(), runtime.journal()))
                .hasRepairs(1)
                .hasOutput(new Verdict(5));
    }

    @Test
    void refusalsAndQuestionsAreSeen() throws InterruptedException {
        parrot.calls("drop", "{\"text\":\"users\"}").calls("search", "{}").says("I may not.");
        var result = run(agent("search", "drop"), "clean up");
        var run = TestRun.of(result, runtime.journal());

        assertThat(run)
                .askedApproval("drop")
                .refused("drop", "denied.tool")
                .refused("search", "invalid.input");
        assertThat(result).refused("drop", "denied.tool").refused("search", "invalid.input");
        assertThatThrownBy(() -> assertThat(run).refused("drop", "invalid.input"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void failuresAreNamedByTheirCode() throws InterruptedException {
        var result = run(agent(), "nothing was taught");

        assertThat(result).failedWith("model.bad_reply");
        assertThatThrownBy(() -> assertThat(result).isCompleted())
                .hasMessageContaining("failed (model.bad_reply: The reply of parrot");
    }

    @Test
    void costsAreComparedExactly() throws InterruptedException {
        var dear =
                new Price(
                        Money.parse("1.00 USD"),
                        Money.parse("2.00 USD"),
                        Money.zero(),
                        Money.zero());
        try (var priced =
                AgentRuntime.open(
                        RuntimeConfig.defaults()
                                .withModel(new Parrot().says("Yes."))
                                .withPrice("given", dear))) {
            var result = priced.run(agent(), Task.of("ask"));

            assertThat(result).costAtMost("0.00002 USD");
            assertThatThrownBy(() -> assertThat(result).costAtMost("0.000019 USD"))
                    .hasMessageContaining("Found:    0.00002 USD");
            assertThatThrownBy(() -> assertThat(result).costAtMost("1.00 EUR"))
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void whatOnlyEntriesTellNeedsThem() throws InterruptedException {
        parrot.says("Yes.");
        var result = run(agent(), "ask");

        assertThatThrownBy(() -> assertThat(result).hasModelCalls(1))
                .hasMessageContaining("TestRun.of(result, journal)");
    }

    @Test
    void secretsAreFoundInDisguise() throws InterruptedException {
        var secret = "sk-live-Zm9v/+ \"x\"";
        var base64 =
                Base64.getEncoder()
                        .encodeToString(("ab" + secret + "c").getBytes(StandardCharsets.UTF_8));
        for (var text :
                List.of("key " + secret, base64, new StringBuilder(secret).reverse() + ".")) {
            parrot.says(text);
            var result = run(agent(), "ask");

            assertThatThrownBy(() -> assertThat(result).noSecret(secret))
                    .isInstanceOf(AssertionError.class);
            assertThatThrownBy(() ->
                            assertThat(TestRun.of(result.work().runId(), runtime.journal()))
                                    .noSecret(secret))
                    .isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> assertThat(runtime.journal()).noSecret(secret))
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void deniedToolsAreNotCalled() throws InterruptedException {
        parrot.calls("search", "{\"text\":\"x\"}").says("No.");
        var denying = agent("search").withRules(agent().rules().withPolicy(ToolPolicy.denyAll()));

        assertThat(run(denying, "go")).called("search").refused("search", "denied.tool");
    }

    private static ModelAgent<String> agent(String... tools) {
        return ModelAgent.of("goose").withTools(tools);
    }

    private <O> RunResult<O> run(ModelAgent<O> agent, String input) throws InterruptedException {
        return runtime.run(agent, Task.of(input));
    }
}
