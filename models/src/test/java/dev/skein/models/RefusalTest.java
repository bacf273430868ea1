package dev.skein.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.failure.ModelFailure;
import dev.skein.json.Json;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelReply;
import dev.skein.model.Usage;
import dev.skein.models.ScriptedModel.Step;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.SessionKey;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import dev.skein.tool.Toolset;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A model that declines ends the run, and nobody else is asked in its place. */
class RefusalTest {
    private static final ModelAgent<String> ATLAS = ModelAgent.of("atlas");

    record Finding(String answer) {}

    private static Step refuses(String text) {
        var message = Message.Assistant.of(text, Instant.EPOCH);
        return ScriptedModel.reply(
                new ModelReply(message, Usage.of(7, 3), Finish.REFUSED, "scripted"));
    }

    @Test
    void aRefusalFailsTheRunWithWhatTheModelSaid() throws Exception {
        var model = ScriptedModel.of(refuses("I will not."));
        try (var runtime = AgentRuntime.open(RuntimeConfig.of(ATLAS).withModel(model))) {
            var result = runtime.run(ATLAS, Task.of("go"));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure())
                                            .isInstanceOf(ModelFailure.Refused.class));
            assertThat(((RunResult.Failed<?>) result).failure().message()).contains("I will not.");
            assertThat(result.work().usage().total()).isEqualTo(10);
            assertThat(result.work().partial().lastText()).isEqualTo("I will not.");
        }
    }

    @Test
    @Tag("AG-50")
    void aRefusedTypedAnswerIsNotAskedForAgainNorElsewhere() throws Exception {
        var agent = ModelAgent.of("atlas", Finding.class).withModel("first", "second");
        var first = ScriptedModel.of(refuses("{\"answer\":\"no\"}"));
        var second = ScriptedModel.always(ScriptedModel.value(new Finding("yes")));
        var config =
                RuntimeConfig.of(agent)
                        .withNamedModel("first", first)
                        .withNamedModel("second", second);
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(code(runtime.run(agent, Task.of("go")))).isEqualTo("model.refused");
            assertThat(first.calls()).hasSize(1);
            assertThat(second.calls()).isEmpty();
        }
    }

    @Test
    void aRefusalWithoutWordsLeavesASessionThatGoesOn() throws Exception {
        var model = ScriptedModel.of(refuses(""), ScriptedModel.text("Yes."));
        var bob = Namespace.of("bob");
        try (var runtime = AgentRuntime.open(RuntimeConfig.of(ATLAS).withModel(model))) {
            assertThat(code(runtime.run(ATLAS, Task.of("one").in(bob)))).isEqualTo("model.refused");
            assertThat(runtime.run(ATLAS, Task.of("two").in(bob)).orThrow()).isEqualTo("Yes.");
            var session = runtime.sessions().load(new SessionKey(bob, "atlas")).orElseThrow();
            assertThat(session.messages()).extracting(Message::text).doesNotContain("");
        }
    }

    @Test
    void callsDecideNotTheWord() throws Exception {
        var message =
                Message.Assistant.of("", Instant.EPOCH)
                        .withCalls(List.of(new ToolCall("c1", "look", Json.object("what", "x"))));
        var called = new ModelReply(message, Usage.of(1, 1), Finish.REFUSED, "scripted");
        var model = ScriptedModel.of(ScriptedModel.reply(called), ScriptedModel.text("Seen."));
        record Look(String what) {}
        var look =
                Tool.of("look", "Looks", Look.class, asked -> "seen " + asked.what())
                        .effect(Effect.READ_ONLY);
        var agent = ATLAS.withTools("look");
        var config = RuntimeConfig.of(agent).withModel(model).withTools(_ -> Toolset.of(look));
        try (var runtime = AgentRuntime.open(config)) {
            assertThat(runtime.run(agent, Task.of("go")).orThrow()).isEqualTo("Seen.");
        }
    }

    private static String code(RunResult<?> result) {
        return result instanceof RunResult.Failed<?>(var failure, _)
                ? failure.code()
                : result.toString();
    }
}
