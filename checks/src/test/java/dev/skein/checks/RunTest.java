package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.fail;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.Interceptor;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.Retry;
import dev.skein.agent.RunCall;
import dev.skein.agent.RunChain;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.Cursor;
import dev.skein.event.Journal;
import dev.skein.event.Origin;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.failure.Limit;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.policy.Budget;
import dev.skein.policy.DelegationLimits;
import dev.skein.policy.Livelock;
import dev.skein.policy.RetryRule;
import dev.skein.policy.RunLimits;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Tool;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a run is: its end, its parent, its limits, what stands around it, and what it leaves. */
class RunTest {
    record Nothing() {}

    private static final ModelAgent<String> CALLER =
            ModelAgent.of("Caller").withInstructions("x").withTools("nest").withModel("caller");
    private static final ModelAgent<String> CHILD =
            ModelAgent.of("Child").withInstructions("y").withModel("child");

    private final AtomicReference<AgentRuntime> runtime = new AtomicReference<>();
    private final List<RunResult<String>> results = new CopyOnWriteArrayList<>();

    private RuntimeConfig nesting(Callable<RunResult<String>> work) {
        var nest =
                Tool.of(
                        "nest",
                        "Runs the child",
                        Nothing.class,
                        _ -> {
                            results.add(work.call());
                            return "ok";
                        });
        return RuntimeConfig.of(CALLER)
                .withTools(nest)
                .withNamedModel(
                        "caller", ScriptedModel.of(call("nest", new Nothing()), text("done")))
                .withNamedModel("child", always(text("hi")));
    }

    private RunResult<String> child() throws InterruptedException {
        return runtime.get().run(CHILD, Task.of("z"));
    }

    private RunResult<String> run(RuntimeConfig config, Task task) throws InterruptedException {
        try (var open = AgentRuntime.open(config)) {
            runtime.set(open);
            return open.run(CALLER, task);
        }
    }

    private Origin origin(String run) throws InterruptedException {
        try (var reader = runtime.get().journal().read(new Cursor.OfRun(run, 0))) {
            return reader.next(Duration.ZERO).orElseThrow().origin();
        }
    }

    @Test
    @Tag("AG-07")
    void aRejectedRunHasAResultAndItsEndIsRecordedBeforeTheCallerGetsIt() throws Exception {
        var ends = new ArrayList<RunEvent.RunEnded>();
        var config =
                nesting(() -> {
                    var rejected = child();
                    Facts.ofRun(runtime.get(), rejected.work().runId()).stream()
                            .map(entry -> entry.event())
                            .filter(RunEvent.RunEnded.class::isInstance)
                            .map(RunEvent.RunEnded.class::cast)
                            .forEach(ends::add);
                    return rejected;
                });
        var strict = new DelegationLimits(0, 20, 200, false);
        var policies = config.policies();
        run(
                        config.withPolicies(
                                new RuntimeConfig.Policies(
                                        policies.base(),
                                        policies.tools(),
                                        policies.approvers(),
                                        strict,
                                        policies.budget())),
                        Task.of("x"))
                .orThrow();
        assertThat(results)
                .singleElement()
                .isInstanceOfSatisfying(
                        RunResult.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Limit.Depth.class));
        assertThat(ends)
                .singleElement()
                .satisfies(end -> assertThat(end.outcome().status()).isEqualTo(RunStatus.REJECTED));
    }

    @Test
    @Tag("AG-08")
    void aRunInsideARunIsItsChildAndInheritsNamespaceAndTime() throws Exception {
        var seen = new AtomicReference<Origin>();
        var config =
                nesting(() -> {
                    var result = child();
                    seen.set(origin(result.work().runId()));
                    return result;
                });
        var parent =
                run(
                        config,
                        Task.of("x").in(Namespace.of("acme")).withDeadline(Duration.ofMinutes(1)));
        parent.orThrow();
        var origin = seen.get();
        assertThat(origin.parent()).isEqualTo(parent.work().runId());
        assertThat(origin.root()).isEqualTo(parent.work().runId());
        assertThat(origin.namespace()).isEqualTo(Namespace.of("acme"));
        assertThat(origin.path()).isEqualTo("Caller/Child");
        assertThat(parent.work().usage().calls()).isEqualTo(3);
    }

    @Test
    @Tag("AG-08")
    void onAThreadThatNobodyBoundItIsARootAndOnABoundOneAChild() throws Exception {
        var roots = new ArrayList<Boolean>();
        var config =
                nesting(() -> {
                    try (var threads = Executors.newSingleThreadExecutor()) {
                        var result = threads.submit(this::child).get();
                        roots.add(origin(result.work().runId()).parent() == null);
                        return result;
                    }
                });
        run(config, Task.of("x")).orThrow();
        var bound =
                Tool.of(
                        "nest",
                        "Runs the child",
                        Nothing.class,
                        (Nothing _, dev.skein.tool.ToolContext context) -> {
                            try (var threads = Executors.newSingleThreadExecutor()) {
                                results.add(threads.submit(context.bind(this::child)).get());
                            }
                            return "ok";
                        });
        try (var open =
                AgentRuntime.open(
                        config.withTools(bound)
                                .withNamedModel(
                                        "caller",
                                        ScriptedModel.of(
                                                call("nest", new Nothing()), text("done"))))) {
            runtime.set(open);
            open.run(CALLER, Task.of("x")).orThrow();
            var child = origin(results.getLast().work().runId());
            roots.add(child.parent() == null);
        }
        assertThat(roots).containsExactly(true, false);
        assertThat(results).hasSize(2);
    }

    private record Noting(String name, List<String> notes) implements Interceptor {
        @Override
        public <O> RunResult<O> aroundRun(RunCall<O> call, RunChain<O> next)
                throws InterruptedException {
            notes.add(name + " in");
            try {
                return next.proceed(call);
            } finally {
                notes.add(name + " out");
            }
        }
    }

    @Test
    @Tag("AG-09")
    @Tag("AG-98")
    void interceptorsAreAnOnionAndARetryIsAroundAllOfThem() throws Exception {
        var notes = new ArrayList<String>();
        var model =
                ScriptedModel.of(
                        fail(new ModelFailure.Overloaded("script", 503, "busy")), text("ok"));
        var agent = ModelAgent.of("Atlas");
        var config =
                RuntimeConfig.of(agent)
                        .withModel(model)
                        .withRetry(RetryRule.standard().withTries(1))
                        .withInterceptors(
                                new Noting("a", notes),
                                new Noting("b", notes),
                                new Retry(2, Duration.ZERO));
        try (var open = AgentRuntime.open(config)) {
            assertThat(open.run(agent, Task.of("x")).orThrow()).isEqualTo("ok");
        }
        var once = List.of("a in", "b in", "b out", "a out");
        assertThat(notes)
                .hasSize(8)
                .startsWith(once.toArray(String[]::new))
                .endsWith(once.toArray(String[]::new));
    }

    @Test
    @Tag("AG-09")
    void theRetriesOfOneChildUseOneSpawn() throws Exception {
        var tries =
                ScriptedModel.of(
                        fail(new ModelFailure.Overloaded("script", 503, "busy")),
                        fail(new ModelFailure.Overloaded("script", 503, "busy")),
                        text("hi"));
        var config =
                nesting(this::child)
                        .withNamedModel("child", tries)
                        .withRetry(RetryRule.standard().withTries(1))
                        .withBudget(Budget.unlimited().withSpawns(1))
                        .withInterceptors(agent ->
                                agent.name().equals("Child")
                                        ? List.of(new Retry(3, Duration.ZERO))
                                        : List.of());
        run(config, Task.of("x")).orThrow();
        assertThat(results)
                .singleElement()
                .satisfies(result -> assertThat(result.isCompleted()).isTrue());
    }

    @Test
    @Tag("AG-12")
    void theTasksLimitsBeatTheAgentsAndThoseTheRuntimes() throws Exception {
        var loop = ModelAgent.of("Loop").withTools("nest");
        var model = always(call("nest", new Nothing()));
        var tool = Tool.of("nest", "Nothing", Nothing.class, _ -> "ok");
        var config =
                RuntimeConfig.of(loop)
                        .withModel(model)
                        .withTools(tool)
                        .withLimits(
                                RunLimits.standard().withMaxTurns(4).withLivelock(Livelock.off()));
        try (var open = AgentRuntime.open(config)) {
            assertThat(open.run(loop, Task.of("x")).work().turns()).isEqualTo(4);
            var own = loop.withMaxTurns(3);
            assertThat(open.run(own, Task.of("x")).work().turns()).isEqualTo(3);
            assertThat(open.run(own, Task.of("x").withMaxTurns(5)).work().turns()).isEqualTo(5);
        }
        assertThatThrownBy(() -> Task.of("x").withMaxTurns(1_001))
                .isInstanceOf(SkeinException.class);
        assertThatThrownBy(() -> Task.of("x").withDeadline(Duration.ofMillis(99)))
                .isInstanceOf(SkeinException.class);
        assertThatThrownBy(() -> Task.of("x").withDeadline(Duration.ofHours(25)))
                .isInstanceOf(SkeinException.class);
    }

    @Test
    @Tag("AG-22")
    void theSameInputsGiveTheSameInstructionsAndToolsInTheSameOrder() throws Exception {
        var model = always(text("ok"));
        var agent = ModelAgent.of("Atlas").withTools("beta", "alpha", "gamma");
        var tools =
                List.of("gamma", "alpha", "beta").stream()
                        .map(name -> Tool.of(name, "Does " + name, Nothing.class, _ -> "ok"))
                        .toArray(Tool[]::new);
        for (int i = 0; i < 2; i++)
            try (var open =
                    AgentRuntime.open(RuntimeConfig.of(agent).withModel(model).withTools(tools))) {
                open.run(agent, Task.of("x")).orThrow();
            }
        var first = model.calls().getFirst();
        var second = model.calls().getLast();
        assertThat(first.messages().getFirst().text())
                .isEqualTo(second.messages().getFirst().text());
        assertThat(first.tools())
                .isEqualTo(second.tools())
                .extracting(tool -> tool.name())
                .containsExactly("alpha", "beta", "gamma");
    }

    @Test
    @Tag("AG-14")
    void whatFinishedRunsHeldIsGivenBack() throws Exception {
        var agent = ModelAgent.of("Atlas");
        var handles = new ArrayList<WeakReference<RunHandle<String>>>();
        var journal = Journal.inMemory(InstantSource.system(), 100, 1 << 20);
        try (var open =
                AgentRuntime.open(
                        RuntimeConfig.of(agent)
                                .withModel(always(text("ok")).perRun())
                                .withJournal(journal))) {
            for (int i = 0; i < 500; i++) {
                var handle = open.spawn(agent, Task.of("task " + i).in(Namespace.of("n" + i)));
                handle.await();
                handles.add(new WeakReference<>(handle));
            }
            for (int tries = 0; tries < 200 && alive(handles) > 1; tries++) System.gc();
            assertThat(alive(handles)).isLessThanOrEqualTo(1);
        }
    }

    private static long alive(List<WeakReference<RunHandle<String>>> handles) {
        return handles.stream().filter(handle -> handle.get() != null).count();
    }
}
