package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.ModelEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.Limit;
import dev.skein.model.ModelInfo;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.ContextWindow;
import dev.skein.session.SessionKey;
import dev.skein.tool.Tool;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One message has at most 8 MiB. */
class MessageSizeTest {
    private static final int MOST = 8 << 20;
    private static final long ROOMY = 100_000_000;
    private static final Namespace BOB = Namespace.of("bob");
    private static final ModelAgent<String> ATLAS =
            ModelAgent.of("atlas").withWindow(ContextWindow.of(ROOMY, 4_096, 0.3));

    record Note(String text) {}

    private static RuntimeConfig config(ScriptedModel model) {
        var info = new ModelInfo("m", "test", ROOMY, 32_000, Set.of(ModelInfo.Feature.TOOLS));
        return RuntimeConfig.of(ATLAS).withModel(model.withInfo(info));
    }

    private static Failure failure(RunResult<?> result) {
        if (result instanceof RunResult.Failed<?>(var failure, _)) return failure;
        throw new AssertionError("it ended otherwise");
    }

    @Test
    @Tag("AG-41")
    void anInputOfJustThatSizeIsAsked() throws Exception {
        try (var runtime = AgentRuntime.open(config(always(text("ok"))))) {
            assertThat(runtime.run(ATLAS, Task.of("x".repeat(MOST))).orThrow()).isEqualTo("ok");
        }
    }

    @Test
    @Tag("AG-41")
    void aLargerInputAsksNobodyAndLeavesNothingInTheConversation() throws Exception {
        try (var runtime = AgentRuntime.open(config(always(text("ok"))))) {
            var ascii = failure(runtime.run(ATLAS, Task.of("x".repeat(MOST + 1)).in(BOB)));
            assertThat(ascii)
                    .isEqualTo(
                            new Limit.Size(
                                    "Input of 'atlas'",
                                    MOST + 1L,
                                    MOST,
                                    "bytes",
                                    "Give the agent less at once."));
            // A third as many characters, of three bytes each.
            var wide = failure(runtime.run(ATLAS, Task.of("€".repeat(MOST / 3 + 1)).in(BOB)));
            assertThat(wide.code()).isEqualTo("limit.size");
            assertThat(runtime.sessions().load(new SessionKey(BOB, "atlas"))).isEmpty();
            assertThat(Facts.all(runtime, ModelEvent.ModelAsked.class)).isEmpty();
        }
    }

    @Test
    @Tag("AG-54")
    void anAnswerOfJustThatSizeIsTaken() throws Exception {
        try (var runtime = AgentRuntime.open(config(always(text("x".repeat(MOST)))))) {
            assertThat(runtime.run(ATLAS, Task.of("go")).orThrow()).hasSize(MOST);
        }
    }

    @Test
    @Tag("AG-54")
    void aLargerAnswerEndsTheRunAndItsCallsAreNotCarriedOut() throws Exception {
        var noted = new AtomicInteger();
        var tool = Tool.of("note", "Notes", Note.class, _ -> noted.incrementAndGet());
        var model = always(call("note", new Note("x".repeat(MOST))));
        try (var runtime = AgentRuntime.open(config(model).withTools(tool))) {
            var failure = failure(runtime.run(ATLAS.withTools("note"), Task.of("go")));
            assertThat(failure.code()).isEqualTo("limit.size");
            assertThat(failure.remedy()).contains("maxTokens");
            assertThat(noted).hasValue(0);
        }
    }
}
