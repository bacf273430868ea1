package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.Interceptor;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.ModelChain;
import dev.skein.agent.Redact;
import dev.skein.agent.RunCall;
import dev.skein.agent.RunChain;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.agent.ToolChain;
import dev.skein.event.ModelEvent;
import dev.skein.failure.Failure;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.SessionKey;
import dev.skein.testkit.SkeinAssertions;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Code around runs, model calls and tool calls. */
@Tag("AG-98")
class InterceptorTest {
    record Nothing() {}

    private static final ModelAgent<String> AGENT = ModelAgent.of("atlas").withTools("look");

    private final List<String> order = new ArrayList<>();
    private final Tool look =
            Tool.of("look", "Looks", Nothing.class, _ -> "seen").effect(Effect.READ_ONLY);

    private RuntimeConfig config(ScriptedModel model, Interceptor... interceptors) {
        return RuntimeConfig.of(AGENT)
                .withModel(model)
                .withTools(look)
                .withInterceptors(interceptors);
    }

    private static ScriptedModel calling() {
        return ScriptedModel.of(call("look", new Nothing()), text("done"));
    }

    private Failure failureOf(RuntimeConfig config) throws InterruptedException {
        try (var runtime = AgentRuntime.open(config)) {
            return switch (runtime.run(AGENT, Task.of("x"))) {
                case RunResult.Failed<String>(var failure, _) -> failure;
                case RunResult<String> other -> throw new AssertionError(other);
            };
        }
    }

    /** Notes when it is entered and left. */
    private record Noting(String name, List<String> order) implements Interceptor {
        @Override
        public <O> RunResult<O> aroundRun(RunCall<O> call, RunChain<O> next)
                throws InterruptedException {
            order.add("run " + name);
            var result = next.proceed(call);
            order.add("end " + name);
            return result;
        }

        @Override
        public ModelReply aroundModel(ModelCall call, ModelChain next) throws InterruptedException {
            order.add("ask " + name);
            var reply = next.proceed(call);
            order.add("hear " + name);
            return reply;
        }

        @Override
        public ToolResult aroundTool(ToolCall call, ToolChain next) throws InterruptedException {
            order.add("call " + name);
            var result = next.proceed(call);
            order.add("get " + name);
            return result;
        }
    }

    @Test
    void theFirstListedIsOutermostAroundEverything() throws Exception {
        var config = config(calling(), new Noting("1", order), new Noting("2", order));
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(AGENT, Task.of("x")).orThrow();
        }
        var turn = List.of("ask 1", "ask 2", "hear 2", "hear 1");
        var expected = new ArrayList<>(List.of("run 1", "run 2"));
        expected.addAll(turn);
        expected.addAll(List.of("call 1", "call 2", "get 2", "get 1"));
        expected.addAll(turn);
        expected.addAll(List.of("end 2", "end 1"));
        assertThat(order).isEqualTo(expected);
    }

    @Test
    void oneInstanceServesAllRunsAtOnce() throws Exception {
        var model = always(text("done"));
        var views = java.util.concurrent.ConcurrentHashMap.<String>newKeySet();
        Interceptor seeing =
                new Interceptor() {
                    @Override
                    public ModelReply aroundModel(ModelCall call, ModelChain next)
                            throws InterruptedException {
                        views.add(next.run().id());
                        return next.proceed(call);
                    }
                };
        try (var runtime = AgentRuntime.open(config(model, seeing))) {
            var runs =
                    IntStream.range(0, 20)
                            .mapToObj(_ -> runtime.spawn(AGENT, Task.of("x")))
                            .toList();
            for (var run : runs) run.result().orThrow();
            assertThat(views).hasSize(20);
        }
    }

    /** Does something instead of, or after, the model's answer. */
    private interface AroundModel extends Interceptor {
        @Override
        ModelReply aroundModel(ModelCall call, ModelChain next) throws InterruptedException;

        @Override
        default String name() {
            return "Audit";
        }
    }

    @Test
    void whatAnInterceptorThrowsNamesIt() throws Exception {
        AroundModel before =
                (_, _) -> {
                    throw new IllegalStateException("no user");
                };
        var failure = failureOf(config(always(text("x")), before));
        assertThat(failure.code()).isEqualTo("run.threw");
        assertThat(failure.message()).contains("'Audit'", "IllegalStateException: no user");

        Interceptor aroundRun =
                new Interceptor() {
                    @Override
                    public String name() {
                        return "Door";
                    }

                    @Override
                    public <O> RunResult<O> aroundRun(RunCall<O> call, RunChain<O> next) {
                        throw new IllegalStateException("closed");
                    }
                };
        assertThat(failureOf(config(always(text("x")), aroundRun)).message()).contains("'Door'");
    }

    @Test
    void whoDoesNotProceedAnswersInPlaceAndWhoDoesTwiceIsNamed() throws Exception {
        var model = always(text("asked"));
        AroundModel cached = (call, _) -> text("from the cache").answer(call);
        try (var runtime = AgentRuntime.open(config(model, cached))) {
            assertThat(runtime.run(AGENT, Task.of("x")).orThrow()).isEqualTo("from the cache");
        }
        assertThat(model.calls()).isEmpty();

        AroundModel twice =
                (call, next) -> {
                    next.proceed(call);
                    return next.proceed(call);
                };
        assertThat(failureOf(config(model, twice)).message()).contains("'Audit'", "twice");
    }

    @Test
    void whatLeavesTheInterceptorsIsWhatIsStoredAndJournaled() throws Exception {
        var card = "4111111111111111";
        var bob = Namespace.of("bob");
        var config = config(always(text("card " + card)), new Redact("\\b\\d{16}\\b"));
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(runtime.run(AGENT, Task.of("x").in(bob)).orThrow()).isEqualTo("card ▇▇▇");
            var stored = runtime.sessions().load(new SessionKey(bob, "atlas")).orElseThrow();
            assertThat(stored.messages())
                    .extracting(Message::text)
                    .containsExactly("x", "card ▇▇▇");
            SkeinAssertions.assertThat(runtime.journal()).noSecret(card);
        }
    }

    @Test
    void ofAnAnswerThatAnInterceptorKeptOnlyTheCostIsRecorded() throws Exception {
        AroundModel after =
                (call, next) -> {
                    next.proceed(call);
                    throw new IllegalStateException("not that");
                };
        var config = config(always(text("secret words").using(30, 4)), after);
        try (var runtime = AgentRuntime.open(config)) {
            var result = runtime.run(AGENT, Task.of("x"));
            assertThat(result.work().usage().total()).isEqualTo(34);
            assertThat(Facts.all(runtime, ModelEvent.ModelAnswered.class))
                    .singleElement()
                    .satisfies(said -> assertThat(said.usage().total()).isEqualTo(34));
            SkeinAssertions.assertThat(runtime.journal()).noSecret("secret words");
        }
    }
}
