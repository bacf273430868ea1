package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.text;
import static dev.skein.models.ScriptedModel.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.TurnEvent;
import dev.skein.failure.Invalid;
import dev.skein.failure.OutputFailure;
import dev.skein.json.Json;
import dev.skein.json.Range;
import dev.skein.model.ChatModel;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Tool;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers and inputs that have a type. */
class TypedTest {
    record Verdict(String label, @Range(min = 0, max = 1) double confidence) {}

    record Amount(double amount) {}

    private static final ModelAgent<String> AGENT = ModelAgent.of("atlas");

    private static AgentRuntime runtime(ChatModel model, Tool... tools) {
        return AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(model).withTools(tools));
    }

    @Test
    @Tag("AG-53")
    void anAnswerThatDoesNotFitIsAskedForAgainWithThePointer() throws Exception {
        var judge = ModelAgent.of("judge", Verdict.class);
        var model =
                ScriptedModel.of(
                        value(Map.of("label", "ok", "confidence", 80)),
                        value(new Verdict("ok", 0.8)));
        try (var runtime = runtime(model)) {
            var result = runtime.run(judge, Task.of("x"));
            assertThat(result.orThrow()).isEqualTo(new Verdict("ok", 0.8));
            assertThat(result.work().turns()).isEqualTo(2);
            assertThat(model.calls().get(1).messages().getLast().text()).contains("/confidence");
            assertThat(model.calls())
                    .as("the schema is sent each time")
                    .allSatisfy(call -> assertThat(call.output()).isEqualTo(judge.output()));
            assertThat(Facts.all(runtime, TurnEvent.RepairAsked.class)).hasSize(1);
        }
    }

    record Grid(List<@Nullable Integer> cells) {}

    @Test
    @Tag("AG-53")
    void ofManyViolationsTenAreNamed() throws Exception {
        var wrong = Map.of("cells", Collections.nCopies(25, "x"));
        var model = ScriptedModel.of(value(wrong), value(new Grid(List.of())));
        try (var runtime = runtime(model)) {
            runtime.run(ModelAgent.of("grid", Grid.class), Task.of("x")).orThrow();
        }
        var asked = model.calls().get(1).messages().getLast().text();
        assertThat(asked.lines().filter(line -> line.contains("/cells/"))).hasSize(10);
    }

    @Test
    @Tag("AG-53")
    void anAnswerThatNeverFitsFailsWithItsTextInPartialWork() throws Exception {
        var judge = ModelAgent.of("judge", Verdict.class);
        var model = always(text("I am 80 % sure"));
        try (var runtime = runtime(model)) {
            var result = runtime.run(judge, Task.of("x"));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure())
                                            .isInstanceOf(OutputFailure.Invalid.class));
            assertThat(model.calls()).hasSize(3);
            assertThat(result.work().partial().lastText()).isEqualTo("I am 80 % sure");
        }
    }

    @Test
    @Tag("AG-34")
    @Tag("AG-53")
    void aFencedAnswerWithProseAndACommaTooManyIsRead() throws Exception {
        var judge = ModelAgent.of("judge", Verdict.class);
        try (var runtime =
                runtime(
                        always(
                                text(
                                        "Sure!\n```json\n{\"label\":\"ok\",\"confidence\":0.5,}\n```\nBye")))) {
            var result = runtime.run(judge, Task.of("x"));
            assertThat(result.orThrow()).isEqualTo(new Verdict("ok", 0.5));
            assertThat(result.work().turns()).isEqualTo(1);
        }
    }

    @Test
    @Tag("AG-35")
    void whatAnAnswerHasTooMuchIsDroppedAndNoted() throws Exception {
        var judge = ModelAgent.of("judge", Verdict.class);
        var answer = Map.of("label", "ok", "confidence", 0.5, "mood", "good");
        try (var runtime = runtime(always(value(answer)))) {
            var result = runtime.run(judge, Task.of("x"));
            assertThat(result.orThrow()).isEqualTo(new Verdict("ok", 0.5));
            assertThat(Facts.all(runtime, TurnEvent.AnswerTrimmed.class))
                    .containsExactly(
                            new TurnEvent.AnswerTrimmed(
                                    1, List.of("dropped the unknown property /mood")));
        }
        try (var runtime = runtime(always(value(new Verdict("ok", 0.5))))) {
            runtime.run(judge, Task.of("x")).orThrow();
            assertThat(Facts.all(runtime, TurnEvent.AnswerTrimmed.class)).isEmpty();
        }
    }

    @Test
    @Tag("AG-41")
    void inputThatDoesNotFitFailsBeforeAnyModelCall() throws Exception {
        var model = always(text("x"));
        var billing = ModelAgent.of("billing").withInput(Amount.class);
        try (var runtime = runtime(model)) {
            var result = runtime.run(billing, Task.of(Json.parse("{\"amount\":\"five\"}")));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed -> {
                                assertThat(failed.failure()).isInstanceOf(Invalid.Input.class);
                                assertThat(failed.failure().message())
                                        .contains("'billing'", "/amount");
                            });
            assertThat(model.calls()).isEmpty();
        }
    }

    @Test
    @Tag("AG-41")
    void typedInputReachesTheModelAsCanonicalJson() throws Exception {
        var model = always(text("x"));
        try (var runtime = runtime(model)) {
            runtime.run(ModelAgent.of("billing").withInput(Amount.class), Task.of(new Amount(0.5)))
                    .orThrow();
            assertThat(model.calls().getFirst().messages().getLast().text())
                    .isEqualTo("{\"amount\":0.5}");
        }
    }
}
