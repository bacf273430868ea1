package dev.skein.checks;

import static dev.skein.checks.Spilling.AGENT;
import static dev.skein.checks.Spilling.LINES;
import static dev.skein.checks.Spilling.answer;
import static dev.skein.checks.Spilling.folders;
import static dev.skein.checks.Spilling.handle;
import static dev.skein.checks.Spilling.last;
import static dev.skein.checks.Spilling.listing;
import static dev.skein.checks.Spilling.open;
import static dev.skein.checks.Spilling.read;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.checks.Spilling.Nothing;
import dev.skein.failure.ModelFailure;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Outputs that were too large to be shown belong to one run, and go with it. */
class SpillEndTest {
    private List<Path> before = List.of();

    @BeforeEach
    void look() throws IOException {
        before = folders();
    }

    @AfterEach
    void noFileIsLeft() throws IOException {
        assertThat(folders()).isEqualTo(before);
    }

    @Test
    @Tag("AG-83")
    void anOutputIsThereForTheRunThatGotItAndForNoOther() throws Exception {
        var first = ScriptedModel.of(call("list", new Nothing()), text("done"));
        var bob = Namespace.of("bob");
        var other = new ScriptedModel[1];
        try (var runtime = open(first, listing(LINES))) {
            runtime.run(AGENT, Task.of("x").in(bob)).orThrow();
            var handle = handle(first.calls().get(1));
            other[0] =
                    ScriptedModel.of(
                            read(handle, 0, 10),
                            call("list", new Nothing()),
                            read(handle, 0, 10),
                            text("done"));
            try (var second = open(other[0], listing(LINES))) {
                second.run(AGENT, Task.of("x")).orThrow();
            }
        }
        var unknown = last(other[0].calls().get(1));
        assertThat(unknown.error()).isTrue();
        assertThat(unknown.text()).contains("outputs are gone when the run that got them ends");
        var gone = last(other[0].calls().get(3));
        assertThat(gone.error()).isTrue();
        assertThat(gone.text()).contains("is not there");
    }

    @Test
    @Tag("AG-83")
    void twoRunsAtOnceEachReadTheirOwn() throws Exception {
        var met = new CyclicBarrier(2);
        Function<String, ScriptedModel> reader =
                name ->
                        ScriptedModel.of(
                                call("list", new Nothing()),
                                answer(asked -> {
                                    met.await();
                                    return read(handle(asked), 500_000, 40);
                                }),
                                text("done " + name));
        var one = reader.apply("one");
        var two = reader.apply("two");
        var lists =
                Tool.of(
                        "list",
                        "Lists",
                        Nothing.class,
                        (Nothing _, ToolContext context) ->
                                (context.namespace().key() + " ").repeat(100_000));
        var config =
                RuntimeConfig.of(AGENT)
                        .withModel(one)
                        .withNamedModel("one", one)
                        .withNamedModel("two", two)
                        .withTools(lists);
        try (var runtime = AgentRuntime.open(config)) {
            var tasks = List.of("one", "two");
            var runs =
                    tasks.stream()
                            .map(name ->
                                    runtime.spawn(
                                            AGENT,
                                            Task.of("x")
                                                    .under(Namespace.of("run-" + name))
                                                    .withModel(name)))
                            .toList();
            for (var run : runs) assertThat(run.result().isCompleted()).isTrue();
        }
        assertThat(last(one.calls().get(2)).text()).contains("run-one ").doesNotContain("run-two");
        assertThat(last(two.calls().get(2)).text()).contains("run-two ").doesNotContain("run-one");
    }

    @Test
    @Tag("AG-83")
    void whatEndsTheRunRemovesItsOutputs() throws Exception {
        var there = new CountDownLatch(1);
        var waits =
                answer(_ -> {
                    assertThat(folders()).isNotEqualTo(before);
                    there.countDown();
                    return ScriptedModel.hang();
                });
        var fails = ScriptedModel.fail(new ModelFailure.BadRequest("m", "no"));
        try (var runtime =
                open(ScriptedModel.of(call("list", new Nothing()), waits), listing(LINES))) {
            var run = runtime.spawn(AGENT, Task.of("x"));
            there.await();
            run.cancel("enough");
            assertThat(run.result()).isInstanceOf(RunResult.Canceled.class);
            assertThat(folders()).isEqualTo(before);
        }
        try (var runtime =
                open(ScriptedModel.of(call("list", new Nothing()), fails), listing(LINES))) {
            assertThat(runtime.run(AGENT, Task.of("x"))).isInstanceOf(RunResult.Failed.class);
            assertThat(folders()).isEqualTo(before);
        }
    }
}
