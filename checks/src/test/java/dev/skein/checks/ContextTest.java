package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.fail;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.SessionEvent;
import dev.skein.event.TurnEvent;
import dev.skein.failure.ModelFailure;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.Compaction;
import dev.skein.session.ContextFilter;
import dev.skein.session.ContextWindow;
import dev.skein.session.SessionKey;
import dev.skein.tool.Tool;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What of a long conversation a model is sent, and what a child sees of its caller's. */
class ContextTest {
    record Nothing() {}

    private static final Namespace BOB = Namespace.of("bob");
    private static final String LONG = "word ".repeat(40);

    /** Room for 400 tokens; each exchange below takes about a hundred. */
    private static final ContextWindow SMALL = ContextWindow.of(450, 50, 0.3);

    private static final ModelAgent<String> ATLAS =
            ModelAgent.of("Atlas")
                    .withInstructions("Answer.")
                    .withWindow(SMALL.withCompaction(Compaction.summarize()));

    private static List<Message> stored(AgentRuntime runtime) {
        return runtime.sessions().load(new SessionKey(BOB, "Atlas")).orElseThrow().messages();
    }

    private static List<String> sent(ModelCall call) {
        return call.messages().stream().map(Message::text).toList();
    }

    /** A step for each call, chosen by what is asked. */
    private static ScriptedModel.Step by(Function<ModelCall, ScriptedModel.Step> choose) {
        return call -> choose.apply(call).answer(call);
    }

    private static boolean asksForASummary(ModelCall call) {
        return call.messages().getFirst().text().startsWith("Write a summary");
    }

    @Test
    @Tag("AG-82")
    void theOldestPartBecomesOneMarkedMessageAndTheNewestStaysWordForWord() throws Exception {
        var model = always(by(call -> text(asksForASummary(call) ? "They spoke of words." : LONG)));
        try (var runtime = AgentRuntime.open(RuntimeConfig.of(ATLAS).withModel(model))) {
            for (int i = 0; i < 6; i++)
                runtime.run(ATLAS, Task.of(i + " " + LONG).in(BOB)).orThrow();
            var messages = stored(runtime);
            assertThat(messages.getFirst().text())
                    .isEqualTo("[Summary of the conversation so far]\nThey spoke of words.");
            assertThat(messages).filteredOn(m -> m.text().startsWith("[Summary")).hasSize(1);
            assertThat(messages.get(messages.size() - 2).text()).isEqualTo("5 " + LONG);
            assertThat(Facts.all(runtime, SessionEvent.SessionCompacted.class)).isNotEmpty();
            assertThat(Facts.all(runtime, TurnEvent.ContextTrimmed.class)).isEmpty();
            assertThat(sent(model.calls().getLast()).get(1))
                    .contains("They spoke of words.")
                    .contains(LONG);
        }
    }

    @Test
    @Tag("AG-82")
    void aSummaryIsChargedToTheRunThatNeededIt() throws Exception {
        var model = always(by(call -> text(asksForASummary(call) ? "Short." : LONG)));
        try (var runtime = AgentRuntime.open(RuntimeConfig.of(ATLAS).withModel(model))) {
            int calls = 0;
            for (int i = 0; i < 6; i++)
                calls += runtime.run(ATLAS, Task.of(i + " " + LONG).in(BOB)).work().usage().calls();
            assertThat(calls).isEqualTo(model.calls().size()).isGreaterThan(6);
        }
    }

    @Test
    @Tag("AG-82")
    void whereTheSummaryFailsExchangesAreLeftOutAndTheRunCompletes() throws Exception {
        var broken = new ModelFailure.BadRequest("scripted", "no summaries here");
        var model = always(by(call -> asksForASummary(call) ? fail(broken) : text(LONG)));
        try (var runtime = AgentRuntime.open(RuntimeConfig.of(ATLAS).withModel(model))) {
            for (int i = 0; i < 6; i++)
                runtime.run(ATLAS, Task.of(i + " " + LONG).in(BOB)).orThrow();
            assertThat(stored(runtime)).hasSize(12);
            assertThat(Facts.all(runtime, TurnEvent.ContextTrimmed.class))
                    .isNotEmpty()
                    .allSatisfy(trimmed ->
                            assertThat(trimmed.reason())
                                    .isEqualTo("the summary failed: model.bad_request"));
        }
    }

    @Test
    @Tag("AG-82")
    void anotherModelMayWriteTheSummary() throws Exception {
        var writer = always(text("By another."));
        var agent =
                ATLAS.withWindow(
                        SMALL.withCompaction(new Compaction.Summarize("writer", 0.8, 0.4)));
        try (var runtime =
                AgentRuntime.open(
                        RuntimeConfig.of(agent)
                                .withModel(always(text(LONG)))
                                .withNamedModel("writer", writer))) {
            for (int i = 0; i < 6; i++)
                runtime.run(agent, Task.of(i + " " + LONG).in(BOB)).orThrow();
            assertThat(writer.calls()).isNotEmpty();
            assertThat(stored(runtime).getFirst().text()).endsWith("By another.");
        }
    }

    @Test
    @Tag("AG-82")
    void nobodyWhoListensHearsTheSummary() throws Exception {
        var model = always(by(call -> text(asksForASummary(call) ? "Secret." : LONG)));
        var heard = new StringBuilder();
        try (var runtime = AgentRuntime.open(RuntimeConfig.of(ATLAS).withModel(model))) {
            for (int i = 0; i < 6; i++)
                runtime.run(ATLAS, Task.of(i + " " + LONG).in(BOB), heard::append).orThrow();
            assertThat(stored(runtime).getFirst().text()).endsWith("Secret.");
            assertThat(heard.toString()).doesNotContain("Secret.");
        }
    }

    @Test
    @Tag("AG-81")
    void whatCannotFitIsRefusedBeforeAnyCallWithTheRoomThatThereIs() throws Exception {
        var model = always(text("never"));
        try (var runtime = AgentRuntime.open(RuntimeConfig.of(ATLAS).withModel(model))) {
            var result = runtime.run(ATLAS, Task.of(LONG.repeat(20)));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure().message())
                                            .endsWith("exceed 400 tokens."));
            assertThat(model.calls()).isEmpty();
        }
    }

    /** The caller has one exchange behind it when it calls the child in its second. */
    private static String seenByChild(ContextFilter filter) throws Exception {
        var child = ModelAgent.of("Child").withModel("child").withFilter(filter);
        var caller =
                ModelAgent.of("Caller")
                        .withInstructions("Secret instructions.")
                        .withTools("ask")
                        .withModel("caller");
        var holder = new AtomicReference<AgentRuntime>();
        var ask =
                Tool.of(
                        "ask",
                        "Asks the child",
                        Nothing.class,
                        _ -> holder.get().run(child, Task.of("the task")).orThrow());
        var childModel = always(by(call -> text(asksForASummary(call) ? "A summary." : "done")));
        var callerModel =
                ScriptedModel.of(
                        text("one answer"), call("ask", new Nothing()), text("two answer"));
        try (var runtime =
                AgentRuntime.open(
                        RuntimeConfig.of(caller, child)
                                .withDelegation(false)
                                .withTools(ask)
                                .withNamedModel("child", childModel)
                                .withNamedModel("caller", callerModel)
                                .withFilter(
                                        "tagged",
                                        history ->
                                                List.of(
                                                        Message.User.of(
                                                                "chosen of " + history.size(),
                                                                history.getFirst().at()))))) {
            holder.set(runtime);
            runtime.run(caller, Task.of("one question").in(BOB)).orThrow();
            runtime.run(caller, Task.of("two question").in(BOB)).orThrow();
            assertThat(runtime.sessions().list(null, null, 9)).hasSize(1);
            return String.join("\n", sent(childModel.calls().getLast()));
        }
    }

    @Test
    @Tag("AG-84")
    @Tag("AG-71")
    void aChildSeesOfItsCallersHistoryWhatItsFilterLetsThrough() throws Exception {
        assertThat(seenByChild(ContextFilter.none()))
                .contains("the task")
                .doesNotContain("question");
        assertThat(seenByChild(new ContextFilter.All()))
                .contains("one question", "one answer", "two question", "for information only")
                .endsWith("the task");
        assertThat(seenByChild(new ContextFilter.Last(1)))
                .contains("two question")
                .doesNotContain("one question");
        assertThat(seenByChild(new ContextFilter.Summary(50)))
                .contains("A summary.")
                .doesNotContain("question");
        assertThat(seenByChild(new ContextFilter.Named("tagged"))).contains("chosen of 3");
    }

    @Test
    @Tag("AG-84")
    void noFilterShowsTheCallersInstructions() throws Exception {
        for (var filter : List.of(new ContextFilter.All(), new ContextFilter.Last(9)))
            assertThat(seenByChild(filter)).doesNotContain("Secret instructions");
    }

    @Test
    @Tag("AG-84")
    void aFilterThatNobodyHasFailsTheChildWithItsName() throws Exception {
        var failed = seenByChildFailure();
        assertThat(failed).contains("no filter is named 'nobody'");
    }

    private static String seenByChildFailure() throws Exception {
        var child = ModelAgent.of("Child").withFilter(new ContextFilter.Named("nobody"));
        var holder = new AtomicReference<AgentRuntime>();
        var problem = new AtomicReference<String>();
        var ask =
                Tool.of(
                        "ask",
                        "Asks the child",
                        Nothing.class,
                        _ -> {
                            var result = holder.get().run(child, Task.of("x"));
                            problem.set(String.valueOf(result));
                            return "ok";
                        });
        var model = ScriptedModel.of(call("ask", new Nothing()), text("done"));
        var caller = ModelAgent.of("Caller").withTools("ask");
        try (var runtime =
                AgentRuntime.open(RuntimeConfig.of(caller).withModel(model).withTools(ask))) {
            holder.set(runtime);
            runtime.run(caller, Task.of("x")).orThrow();
        }
        return problem.get();
    }

    @Test
    @Tag("AG-70")
    void agentsOfASharedThreadHearEachOtherByName() throws Exception {
        var ann = ModelAgent.of("Ann").withInstructions("You are Ann.").withTools("look");
        var bea = ModelAgent.of("Bea").withInstructions("You are Bea.").withModel("bea");
        var look = Tool.of("look", "Looks", Nothing.class, _ -> "seen");
        var annModel =
                ScriptedModel.of(call("look", new Nothing()), text("I am Ann."), text("Still."));
        var beaModel = always(text("I am Bea."));
        try (var runtime =
                AgentRuntime.open(
                        RuntimeConfig.of(ann, bea)
                                .withDelegation(false)
                                .withSharedThread()
                                .withTools(look)
                                .withModel(annModel)
                                .withNamedModel("bea", beaModel))) {
            runtime.run(ann, Task.of("who are you?").in(BOB)).orThrow();
            runtime.run(bea, Task.of("and you?").in(BOB)).orThrow();
            runtime.run(ann, Task.of("again?").in(BOB)).orThrow();
            assertThat(sent(beaModel.calls().getFirst()))
                    .containsExactly("You are Bea.", "who are you?\n\n[Ann] I am Ann.\n\nand you?");
            assertThat(sent(annModel.calls().getLast()))
                    .containsExactly(
                            "You are Ann.",
                            "who are you?",
                            "",
                            "seen",
                            "I am Ann.",
                            "and you?\n\n[Bea] I am Bea.\n\nagain?");
            assertThat(runtime.sessions().list(null, null, 9))
                    .containsExactly(new SessionKey(BOB, null));
        }
    }
}
