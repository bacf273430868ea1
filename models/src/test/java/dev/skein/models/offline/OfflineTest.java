package dev.skein.models.offline;

import static dev.skein.models.Lent.NOON;
import static dev.skein.models.Lent.call;
import static dev.skein.models.Lent.typed;
import static dev.skein.models.Lent.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Decoded;
import dev.skein.json.JsonType;
import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import dev.skein.model.Price;
import dev.skein.models.Lent;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import dev.skein.tool.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OfflineTest {
    record Rising(int from, int to) {
        Rising {
            if (from >= to) throw new IllegalArgumentException("from must be before to");
        }
    }

    record Falling(int from, int to) {
        Falling {
            if (from <= to) throw new IllegalArgumentException("from must be after to");
        }
    }

    private static final ToolSpec READ = tool("read", Effect.READ_ONLY);
    private static final ToolSpec WRITE = tool("write", Effect.WRITE);
    private static final ToolSpec FETCH =
            Tool.of("fetch", "fetches", Rising.class, range -> range)
                    .effect(Effect.READ_ONLY)
                    .labels("network")
                    .spec();

    private static ToolSpec tool(String name, Effect effect) {
        return Tool.of(name, name + "s", Rising.class, range -> range).effect(effect).spec();
    }

    private static ModelReply ask(String model, ModelCall call) throws InterruptedException {
        return new Offline().model(model, new Lent()).reply(call, DeltaListener.none());
    }

    @Test
    @Tag("AG-65")
    void textIsTheFirstTwoHundredCharactersOfWhatWasAsked() throws Exception {
        assertThat(ask("", call("What is a skein?")).message().text())
                .isEqualTo("[offline] What is a skein?");
        assertThat(ask("", call("𝄞".repeat(300))).message().text())
                .isEqualTo("[offline] " + "𝄞".repeat(200));
    }

    @Test
    @Tag("AG-65")
    void theFirstTurnCallsEveryToolOnceWithArgumentsThatFit() throws Exception {
        var reply = ask("", with(call("go"), READ, WRITE, FETCH));
        assertThat(reply.message().calls())
                .extracting(ToolCall::name)
                .containsExactly("read", "write", "fetch");
        assertThat(reply.message().calls()).extracting(ToolCall::id).doesNotHaveDuplicates();
        assertThat(reply.message().calls())
                .allSatisfy(made ->
                        assertThat(JsonType.of(Rising.class).decodeStrictly(made.arguments()))
                                .isInstanceOf(Decoded.Ok.class));
    }

    @Test
    @Tag("AG-65")
    void whenItWasNotAskedForByNameItCallsOnlyWhatIsHarmless() throws Exception {
        assertThat(ask("auto", with(call("go"), READ, WRITE, FETCH)).message().calls())
                .extracting(ToolCall::name)
                .containsExactly("read");
        assertThat(ask("auto", with(call("go"), WRITE)).message().text()).isEqualTo("[offline] go");
    }

    @Test
    @Tag("AG-65")
    void anEchoCallsNothing() throws Exception {
        assertThat(ask("echo", with(call("go"), READ)).message().calls()).isEmpty();
    }

    @Test
    void afterItsCallsItAnswers() throws Exception {
        var asked = Message.User.of("go", NOON);
        var called = ask("", with(call("go"), READ)).message();
        var results =
                new Message.Results(
                        List.of(new ToolResult(called.calls().getFirst().id(), "42", false)), NOON);
        var next = with(call("run/2.1", List.of(asked, called, results)), READ);
        assertThat(ask("", next).message()).isEqualTo(Message.Assistant.of("[offline] go", NOON));
        var unnamed = with(call("no number", List.of(asked, called, results)), READ);
        assertThat(ask("", unnamed).message().calls()).isEmpty();
    }

    @Test
    void aNewRunOfAKeptConversationCallsAgainAndARepairDoesNot() throws Exception {
        var talk =
                List.<Message>of(
                        Message.User.of("go", NOON),
                        Message.Assistant.of("gone", NOON),
                        Message.User.of("again", NOON));
        assertThat(ask("", with(call("other/1.1", talk), READ)).message().calls()).hasSize(1);
        assertThat(ask("", with(call("run/3.1", talk), READ)).message().text())
                .isEqualTo("[offline] again");
    }

    @Test
    @Tag("AG-65")
    void typedAnswersSatisfyConstructors() throws Exception {
        for (var type :
                List.of(
                        JsonType.of(Rising.class),
                        JsonType.of(Falling.class),
                        JsonType.listOf(Falling.class))) {
            var text = ask("", typed(call("go"), type)).message().text();
            assertThat(type.read(text)).as(text).isInstanceOf(Decoded.Ok.class);
        }
    }

    @Test
    @Tag("AG-65")
    void theSameConversationGetsTheSameAnswer() throws Exception {
        var call = typed(with(call("go"), READ), JsonType.of(Rising.class));
        assertThat(ask("", call)).isEqualTo(ask("", call));
    }

    @Test
    @Tag("AG-65")
    void itCountsTokensAndCostsNothing() throws Exception {
        var usage = ask("", call("What is a skein?")).usage();
        assertThat(usage.input()).isEqualTo(4 + 4);
        assertThat(usage.output()).isEqualTo(4 + 7);
        assertThat(new Offline().price("any", new Lent())).contains(Price.free());
    }

    @Test
    void whatIsHeardIsWhatIsAnswered() throws Exception {
        var heard = new ArrayList<Delta>();
        var model = new Offline().model("", new Lent());
        var text =
                model.reply(call("a question of some length, so that there are pieces"), heard::add)
                        .message()
                        .text();
        assertThat(heard).hasSizeGreaterThan(1);
        assertThat(
                        String.join(
                                "",
                                heard.stream().map(delta -> ((Delta.Text) delta).text()).toList()))
                .isEqualTo(text);
    }
}
