package dev.skein.models;

import static dev.skein.models.Lent.NOON;
import static dev.skein.models.Lent.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelReply;
import dev.skein.model.Usage;
import dev.skein.tool.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ScriptedModelTest {
    private static final ModelFailure BUSY = new ModelFailure.Overloaded("m", 503, "busy");

    record Point(int x, int y) {}

    private static ModelReply ask(ScriptedModel model, String id) throws InterruptedException {
        return model.reply(call(id, List.of(Message.User.of("hello", NOON))), DeltaListener.none());
    }

    @Test
    @Tag("AG-66")
    void stepsComeInOrderAndCallsAreKept() throws Exception {
        var model =
                ScriptedModel.of(
                        ScriptedModel.text("one"),
                        ScriptedModel.value(new Point(1, 2)),
                        ScriptedModel.value(Json.object("a", 1)));
        assertThat(ask(model, "a/1.1").message().text()).isEqualTo("one");
        assertThat(ask(model, "a/2.1").message().text()).isEqualTo("{\"x\":1,\"y\":2}");
        assertThat(ask(model, "b/1.1").message().text()).isEqualTo("{\"a\":1}");
        assertThat(model.calls()).extracting("id").containsExactly("a/1.1", "a/2.1", "b/1.1");
    }

    @Test
    @Tag("AG-66")
    void beyondTheLastStepIsABadReplyThatCountsTheSteps() throws Exception {
        var model = ScriptedModel.of(ScriptedModel.text("one"));
        var _ = ask(model, "a/1.1");
        var thrown = catchThrowableOfType(SkeinException.class, () -> ask(model, "a/2.1"));
        assertThat(thrown.failure().code()).isEqualTo("model.bad_reply");
        assertThat(thrown.failure().message()).contains("has 1 steps", "call 2");
        assertThat(model.calls()).hasSize(2);
    }

    @Test
    @Tag("AG-66")
    void oneStepForEverybodyNeverEnds() throws Exception {
        var model = ScriptedModel.always(ScriptedModel.text("again"));
        for (int i = 0; i < 5; i++)
            assertThat(ask(model, "a/" + i).message().text()).isEqualTo("again");
    }

    @Test
    @Tag("AG-66")
    void everyRunBeginsItsOwnScript() throws Exception {
        var model =
                ScriptedModel.of(
                                ScriptedModel.fail(BUSY),
                                ScriptedModel.text("one"),
                                ScriptedModel.text("two"))
                        .perRun();
        for (var run : List.of("a", "b")) {
            assertThatThrownBy(() -> ask(model, run + "/1.1")).isInstanceOf(SkeinException.class);
            assertThat(ask(model, run + "/1.2").message().text()).isEqualTo("one");
        }
        assertThat(ask(model, "b/2.1").message().text()).isEqualTo("two");
        assertThat(ask(model, "a/2.1").message().text()).isEqualTo("two");
    }

    @Test
    void callsHaveIdsAndOnesThatWereGivenAreKept() throws Exception {
        var model =
                ScriptedModel.of(
                        ScriptedModel.call("move", new Point(3, 4)),
                        ScriptedModel.calls(
                                new ToolCall("mine", "move", Json.object()),
                                new ToolCall("", "stop", Json.object())));
        var first = ask(model, "a/1.1");
        assertThat(first.finish()).isEqualTo(Finish.TOOLS);
        assertThat(first.message().calls())
                .singleElement()
                .satisfies(call -> assertThat(call.id()).isNotEmpty())
                .satisfies(call ->
                        assertThat(call.arguments()).isEqualTo(Json.object("x", 3, "y", 4)));
        assertThat(ask(model, "a/2.1").message().calls())
                .extracting(ToolCall::id)
                .startsWith("mine")
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    @Test
    @Tag("AG-66")
    void aFunctionSeesTheCall() throws Exception {
        var model =
                ScriptedModel.of(call ->
                        ScriptedModel.text(call.messages().getLast().text() + "!").answer(call));
        assertThat(ask(model, "a/1.1").message().text()).isEqualTo("hello!");
    }

    @Test
    void tokensAreEstimatedUnlessTheyAreGiven() throws Exception {
        var model =
                ScriptedModel.of(
                        ScriptedModel.text("12345678"), ScriptedModel.text("x").using(10, 8));
        assertThat(ask(model, "a/1.1").usage()).isEqualTo(Usage.of(4 + 2, 4 + 2));
        assertThat(ask(model, "a/2.1").usage()).isEqualTo(Usage.of(10, 8));
    }

    @Test
    void aListenerHearsTheTextInSeveralPiecesAndCallsInTheirs() throws Exception {
        var text = "a text that is long enough for pieces, with 𝄞 signs of more than one char";
        var model =
                ScriptedModel.of(
                        ScriptedModel.text(text), ScriptedModel.call("move", new Point(1, 2)));
        var heard = new ArrayList<Delta>();
        var said = model.reply(call("hello"), heard::add);
        assertThat(heard).hasSizeGreaterThan(1).allMatch(Delta.Text.class::isInstance);
        assertThat(
                        String.join(
                                "",
                                heard.stream().map(delta -> ((Delta.Text) delta).text()).toList()))
                .isEqualTo(said.message().text());
        heard.clear();
        var id = model.reply(call("hello"), heard::add).message().calls().getFirst().id();
        assertThat(heard)
                .containsExactly(
                        new Delta.CallStarted(id, "move"),
                        new Delta.CallArguments(id, "{\"x\":1,\"y\":2}"));
    }

    @Test
    void anAnswerThatBreaksOffIsHeardAndThenFails() {
        var model = ScriptedModel.of(ScriptedModel.breakAfter("half an", BUSY));
        var heard = new StringBuilder();
        var thrown =
                catchThrowableOfType(
                        SkeinException.class,
                        () ->
                                model.reply(
                                        call("hello"),
                                        delta -> heard.append(((Delta.Text) delta).text())));
        assertThat(thrown.failure()).isEqualTo(BUSY);
        assertThat(heard).hasToString("half an");
    }

    @Test
    @Tag("AG-66")
    void whatHangsEndsWhenItIsInterrupted() throws Exception {
        var steps =
                List.of(
                        ScriptedModel.hang(),
                        ScriptedModel.delay(Duration.ofDays(1), ScriptedModel.text("late")));
        for (var step : steps) {
            var begun = new CountDownLatch(1);
            var asked =
                    new FutureTask<>(() -> {
                        begun.countDown();
                        return ask(ScriptedModel.of(step), "a/1.1");
                    });
            var thread = Thread.ofVirtual().start(asked);
            begun.await();
            thread.interrupt();
            thread.join();
            assertThatThrownBy(asked::get).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    @Tag("AG-66")
    void anAnswerThatIsDelayedComes() throws Exception {
        var model =
                ScriptedModel.of(
                        ScriptedModel.delay(Duration.ofMillis(1), ScriptedModel.text("late")));
        assertThat(ask(model, "a/1.1").message().text()).isEqualTo("late");
    }
}
