package dev.skein.cli;

import static dev.skein.models.ScriptedModel.breakAfter;
import static dev.skein.models.ScriptedModel.fail;
import static dev.skein.models.ScriptedModel.text;
import static dev.skein.models.ScriptedModel.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Redact;
import dev.skein.failure.ModelFailure;
import dev.skein.json.Json;
import dev.skein.model.DeltaListener;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import dev.skein.models.ScriptedModel;
import dev.skein.models.ScriptedModel.Step;
import dev.skein.policy.RetryRule;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is printed of a run, and where. */
class AgentRunTest {
    record Nothing() {}

    record Verdict(String label, double confidence) {}

    private static final Verdict VERDICT = new Verdict("fine", 0.5);

    private final Paper paper = new Paper();
    private final ModelAgent<String> plain = ModelAgent.of("plain");

    private RuntimeConfig config(ModelAgent<?> agent, Step... steps) {
        return RuntimeConfig.of(agent)
                .withModel(ScriptedModel.of(steps))
                .withRetry(new RetryRule(2, Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    private int run(boolean stream, RuntimeConfig config) throws InterruptedException {
        return run(stream, config, paper.plain());
    }

    private static int run(boolean stream, RuntimeConfig config, Output output)
            throws InterruptedException {
        var name = config.agents().agents().getFirst().name();
        var asked = new AgentRun.Asked(name, "a question", new RunOptions());
        return new AgentRun(asked, stream, output).run(config);
    }

    @Test
    void aTextIsTheSameWhetherItStreamsOrNot() throws Exception {
        for (var stream : List.of(true, false))
            assertThat(run(stream, config(plain, text("an answer in several pieces")))).isZero();
        assertThat(paper.out()).isEqualTo("an answer in several pieces\n".repeat(2));
        assertThat(paper.err()).isEmpty();
    }

    @Test
    void aTypedAnswerIsPrintedOnceAndWholeAlsoWhenItWasAskedForAgain() throws Exception {
        var judge = ModelAgent.of("judge", Verdict.class);
        var wrong = text("Sure! {\"label\": 7, ");
        assertThat(run(true, config(judge, wrong, value(VERDICT)))).isZero();
        assertThat(paper.out()).isEqualTo("{\"label\":\"fine\",\"confidence\":0.5}\n");
        assertThat(paper.err()).isEmpty();
    }

    @Test
    void anAnswerThatBreaksOffBeginsAgainOnALineOfItsOwn() throws Exception {
        var broken = new ModelFailure.StreamBroken("m", 11, 1);
        assertThat(run(true, config(plain, breakAfter("half an ans", broken), text("whole"))))
                .isZero();
        assertThat(paper.out()).isEqualTo("half an ans\nwhole\n");
        assertThat(paper.err()).isEqualTo("skein: that is void; the answer begins again\n");
    }

    @Test
    void anAnswerThatEndsInAFailureLeavesNoOpenLine() throws Exception {
        var refused = new ModelFailure.BadRequest("m", "no");
        assertThat(run(true, config(plain, breakAfter("half an ans", refused)))).isEqualTo(1);
        assertThat(paper.out()).isEqualTo("half an ans\n");
        assertThat(paper.err()).startsWith("error model.bad_request");
    }

    @Test
    void callsAreToldOnStandardError() throws Exception {
        var agent = plain.withTools("look");
        var look = Tool.of("look", "Looks", Nothing.class, _ -> "seen").effect(Effect.READ_ONLY);
        Step calling =
                asked -> {
                    var words =
                            Message.Assistant.of("Let me look.", asked.messages().getLast().at());
                    var calls = List.of(new ToolCall("c1", "look", Json.object()));
                    var reply = text("x").answer(asked);
                    return reply.withMessage(words.withCalls(calls));
                };
        assertThat(run(true, config(agent, calling, text("Nothing there.")).withTools(look)))
                .isZero();
        assertThat(paper.out()).isEqualTo("Let me look.\nNothing there.\n");
        assertThat(paper.err()).isEqualTo("skein: calling look\n");
    }

    @Test
    void anAnswerThatDidNotStreamIsPrintedAllTheSame() throws Exception {
        var silent =
                new Step() {
                    @Override
                    public ModelReply answer(ModelCall call) throws InterruptedException {
                        return text("at once").answer(call);
                    }

                    @Override
                    public ModelReply answer(ModelCall call, DeltaListener deltas)
                            throws InterruptedException {
                        return answer(call);
                    }
                };
        assertThat(run(true, config(plain, silent))).isZero();
        assertThat(paper.out()).isEqualTo("at once\n");
        assertThat(paper.err()).isEmpty();
    }

    @Test
    void asJsonItIsOneObjectWithWhatItTook() throws Exception {
        var config = config(plain, fail(new ModelFailure.Overloaded("m", 503, "")), text("a"));
        assertThat(run(false, config, paper.json())).isZero();
        var answer = Json.parse(paper.out().strip());
        assertThat(answer.get("output").text()).isEqualTo("a");
        assertThat(answer.path("/tokens/input").asLong()).isPositive();
        assertThat(answer.path("/tokens/output").asLong()).isPositive();
        assertThat(paper.err()).isEmpty();
    }

    @Test
    void whatAnInterceptorMadeOfTheAnswerIsWhatCounts() throws Exception {
        var config =
                config(plain, text("card 4111111111111111"))
                        .withInterceptors(new Redact("\\b\\d{16}\\b"));
        assertThat(run(true, config)).isZero();
        assertThat(paper.out()).isEqualTo("card 4111111111111111\ncard ▇▇▇\n");
    }
}
