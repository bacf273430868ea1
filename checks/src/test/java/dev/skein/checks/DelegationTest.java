package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.calls;
import static dev.skein.models.ScriptedModel.fail;
import static dev.skein.models.ScriptedModel.text;
import static dev.skein.models.ScriptedModel.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.event.RunEvent;
import dev.skein.failure.Conflict;
import dev.skein.failure.Invalid;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.ChatModel;
import dev.skein.model.Message;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolPolicy;
import dev.skein.tool.ToolResult;
import dev.skein.tool.TrustLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An agent that has another one do something. */
class DelegationTest {
    record To(String agent, String task) {}

    record Sum(int left, int right) {}

    private static final String TOOL = "delegate_to_agent";
    private static final ModelAgent<String> ANN =
            ModelAgent.of("Ann").withModel("ann").withInstructions("x");
    private static final ModelAgent<String> BETA =
            ModelAgent.of("Beta").withModel("beta").withInstructions("y");

    private static RuntimeConfig config(ChatModel ann, ChatModel beta) {
        return RuntimeConfig.of(ANN, BETA).withNamedModel("ann", ann).withNamedModel("beta", beta);
    }

    private static ToolResult result(ScriptedModel ann) {
        return ((Message.Results) ann.calls().getLast().messages().getLast()).results().getFirst();
    }

    private static List<String> offered(ScriptedModel model) {
        return model.calls().getFirst().tools().stream().map(tool -> tool.name()).toList();
    }

    @Test
    @Tag("AG-06")
    void withTwoAgentsEachIsOfferedOneDelegationToolThatNamesTheOther() throws Exception {
        var ann = always(text("ok"));
        try (var runtime = AgentRuntime.open(config(ann, always(text("hi"))))) {
            runtime.run(ANN, Task.of("x")).orThrow();
            assertThat(offered(ann)).containsExactly(TOOL);
            var schema = ann.calls().getFirst().tools().getFirst().input().schema();
            assertThat(schema.get("properties").get("agent").get("enum").canonical())
                    .isEqualTo("[\"Beta\"]");
        }
    }

    @Test
    @Tag("AG-06")
    void aloneOrWithDelegationOffNobodyIsOfferedIt() throws Exception {
        var ann = always(text("ok"));
        try (var runtime = AgentRuntime.open(RuntimeConfig.of(ANN).withNamedModel("ann", ann))) {
            runtime.run(ANN, Task.of("x")).orThrow();
        }
        try (var runtime =
                AgentRuntime.open(config(ann, always(text("hi"))).withDelegation(false))) {
            runtime.run(ANN, Task.of("x")).orThrow();
        }
        assertThat(ann.calls()).hasSize(2).allSatisfy(asked -> assertThat(asked.tools()).isEmpty());
    }

    @Test
    @Tag("AG-06")
    void aToolOfThatNameIsAConflictWhenTheRuntimeOpens() {
        var own = Tool.of(TOOL, "Mine", To.class, _ -> "x");
        assertThatThrownBy(() ->
                        AgentRuntime.open(config(always(text("")), always(text(""))).withTools(own))
                                .close())
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e -> assertThat(e.failure()).isInstanceOf(Conflict.Name.class));
    }

    @Test
    void theAnswerOfTheOtherIsTheResultWithItsNameTurnsAndTokens() throws Exception {
        var ann = ScriptedModel.of(call(TOOL, new To("bEtA", "hi")), text("done"));
        var beta = always(text("hello").using(10, 8));
        try (var runtime = AgentRuntime.open(config(ann, beta))) {
            var result = runtime.run(ANN, Task.of("x"));
            assertThat(result.orThrow()).isEqualTo("done");
            assertThat(result(ann).text()).isEqualTo("Beta, 1 turn, 18 tokens\n\nhello");
            assertThat(result.work().usage().calls()).isEqualTo(3);
            var child =
                    Facts.of(runtime).stream()
                            .filter(entry -> entry.origin().agent().equals("Beta"))
                            .findFirst()
                            .orElseThrow();
            assertThat(child.origin().parent()).isEqualTo(result.work().runId());
            assertThat(beta.calls().getFirst().messages().getLast().text()).isEqualTo("hi");
        }
    }

    @Test
    void unknownAgentsItselfAndMissingTasksAreErrorResultsThatNameTheChoices() throws Exception {
        var ann =
                ScriptedModel.of(
                        calls(
                                new ToolCall(
                                        "1", TOOL, Json.of(Map.of("agent", "Ann", "task", "x"))),
                                new ToolCall(
                                        "2", TOOL, Json.of(Map.of("agent", "Bob", "task", "x"))),
                                new ToolCall("3", TOOL, Json.of(Map.of("agent", "Beta")))),
                        text("done"));
        try (var runtime = AgentRuntime.open(config(ann, always(text("hi"))))) {
            runtime.run(ANN, Task.of("x")).orThrow();
            var results = ((Message.Results) ann.calls().getLast().messages().getLast()).results();
            assertThat(results).allSatisfy(result -> assertThat(result.error()).isTrue());
            assertThat(results.get(0).text()).contains("/agent", "Beta");
            assertThat(results.get(1).text()).contains("/agent", "Beta");
            assertThat(results.get(2).text()).contains("/task");
        }
    }

    @Test
    void aFailureOfTheOtherIsAnErrorResultAndTheCallerGoesOn() throws Exception {
        var ann = ScriptedModel.of(call(TOOL, new To("Beta", "hi")), text("without it"));
        var beta = always(fail(new ModelFailure.Auth("beta", 401, "K")));
        try (var runtime = AgentRuntime.open(config(ann, beta))) {
            assertThat(runtime.run(ANN, Task.of("x")).orThrow()).isEqualTo("without it");
            assertThat(result(ann).error()).isTrue();
            assertThat(result(ann).text()).contains("'Beta'", "model.auth");
        }
    }

    @Test
    void anAgentWithTypedInputGetsTheTaskAsJsonAndItsTypedAnswerComesBackAsSuch() throws Exception {
        var adder = ModelAgent.of("Beta", Sum.class).withInput(Sum.class).withModel("beta");
        var ann =
                ScriptedModel.of(
                        call(TOOL, new To("Beta", "{\"left\":1,\"right\":2}")), text("done"));
        var config =
                RuntimeConfig.of(ANN, adder)
                        .withNamedModel("ann", ann)
                        .withNamedModel("beta", always(value(new Sum(3, 4))));
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(ANN, Task.of("x")).orThrow();
            assertThat(Json.parse(result(ann).text()).get("output").canonical())
                    .isEqualTo("{\"left\":3,\"right\":4}");
        }
    }

    @Test
    void twoThatOnlyDelegateToEachOtherAreStoppedAndTheRunEndsNormally() throws Exception {
        var ann =
                always(by -> {
                    boolean answered = by.messages().getLast() instanceof Message.Results;
                    return (answered ? text("ann") : call(TOOL, new To("Beta", "again " + by.id())))
                            .answer(by);
                });
        var beta =
                always(by -> {
                    boolean answered = by.messages().getLast() instanceof Message.Results;
                    return (answered ? text("beta") : call(TOOL, new To("Ann", "again " + by.id())))
                            .answer(by);
                });
        try (var runtime = AgentRuntime.open(config(ann, beta))) {
            assertThat(runtime.run(ANN, Task.of("x")).orThrow()).isEqualTo("ann");
            assertThat(Facts.all(runtime, RunEvent.RunEnded.class))
                    .hasSizeLessThanOrEqualTo(6)
                    .anySatisfy(end ->
                            assertThat(String.valueOf(end.outcome().failure())).contains("Cycle"));
        }
    }

    @Test
    void beyondTenDelegationsOfOneRunNothingStarts() throws Exception {
        var many = new ArrayList<ToolCall>();
        for (int i = 0; i < 12; i++)
            many.add(
                    new ToolCall("c" + i, TOOL, Json.of(Map.of("agent", "Beta", "task", "t" + i))));
        var ann = ScriptedModel.of(calls(many.toArray(ToolCall[]::new)), text("done"));
        var beta = always(text("hi"));
        try (var runtime = AgentRuntime.open(config(ann, beta))) {
            runtime.run(ANN, Task.of("x")).orThrow();
            assertThat(beta.calls()).hasSize(10);
            var results = ((Message.Results) ann.calls().getLast().messages().getLast()).results();
            assertThat(results).filteredOn(ToolResult::error).hasSize(2);
        }
    }

    @Test
    void anAgentThatNamesItsDelegatesReachesOnlyThose() throws Exception {
        var picky = ANN.withDelegates("Gamma");
        var gamma = ModelAgent.of("Gamma").withModel("beta");
        var ann = always(text("ok"));
        var config =
                RuntimeConfig.of(picky, BETA, gamma)
                        .withDelegation(false)
                        .withNamedModel("ann", ann)
                        .withNamedModel("beta", always(text("hi")));
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(picky, Task.of("x")).orThrow();
            assertThat(ann.calls().getFirst().tools().getFirst().description())
                    .contains("Gamma")
                    .doesNotContain("Beta");
        }
        assertThatThrownBy(() -> AgentRuntime.open(RuntimeConfig.of(ANN.withDelegates("Nobody"))))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e ->
                                assertThat(((Invalid.Config) e.failure()).findings())
                                        .anySatisfy(
                                                finding -> assertThat(finding).contains("Nobody")));
    }

    @Test
    void trustDoesNotGovernDelegationButPolicyDoes() throws Exception {
        var low = ANN.withTrust(TrustLevel.LOW);
        var ann = ScriptedModel.of(call(TOOL, new To("Beta", "hi")), text("done"));
        var config =
                RuntimeConfig.of(low, BETA)
                        .withNamedModel("ann", ann)
                        .withNamedModel("beta", always(text("hi")));
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(low, Task.of("x")).orThrow();
            assertThat(result(ann).error()).isFalse();
        }
        var denied = ScriptedModel.of(call(TOOL, new To("Beta", "hi")), text("done"));
        var acme = Namespace.of("acme");
        try (var runtime =
                AgentRuntime.open(
                        config(denied, always(text("hi")))
                                .withPolicy(acme, ToolPolicy.deny(TOOL)))) {
            runtime.run(ANN, Task.of("x").in(acme)).orThrow();
            assertThat(offered(denied)).isEmpty();
            assertThat(result(denied).text()).startsWith("denied.tool");
        }
    }

    @Test
    void whatThePolicyOfTheCallersNamespaceForbidsIsForbiddenInTheChildToo() throws Exception {
        var acme = Namespace.of("acme");
        var look = Tool.of("look", "Looks", To.class, _ -> "seen").effect(Effect.READ_ONLY);
        var worker = BETA.withTools("look");
        var ann = ScriptedModel.of(call(TOOL, new To("Beta", "hi")), text("done"));
        var beta = ScriptedModel.of(call("look", new To("a", "b")), text("done"));
        var config =
                RuntimeConfig.of(ANN, worker)
                        .withTools(look)
                        .withNamedModel("ann", ann)
                        .withNamedModel("beta", beta)
                        .withPolicy(acme, ToolPolicy.deny("look"));
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(ANN, Task.of("x").in(acme)).orThrow();
            assertThat(result(beta).text()).startsWith("denied.tool");
        }
    }
}
