package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.model.Part;
import dev.skein.session.SessionChange;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of {@link SessionStoreContract} about what messages hold. */
abstract class SessionContentCases extends SessionChangeCases {
    private static final int MANY = 10_000;
    private static final int AT_ONCE = 100;
    private static final int RANDOM = 400;
    private static final int JSON_DEPTH = 64;

    @Test
    void everyKindOfMessageComesBack() {
        var thought = new Part.Reasoning("I think", "signed: ∎ \"\\ \n");
        var call = new ToolCall("c1", "order", Json.object("item", "goose", "count", 2));
        keeps(
                new Message.System("Be brief.", AT),
                new Message.User(List.of(new Part.Text("one"), new Part.Text("two")), AT),
                new Message.Assistant(List.of(thought, new Part.Text("x")), List.of(call), AT),
                new Message.Results(List.of(new ToolResult("c1", "sold", false)), AT),
                new Message.Assistant(List.of(new Part.Text("done")), List.of(), LATER)
                        .withSpeaker("Bob"),
                new Message.Results(List.of(new ToolResult("c9", "", true)), LATER));
    }

    @Test
    void whatIsEmptyStaysEmpty() {
        keeps(
                new Message.System("", AT),
                new Message.User(List.of(), AT),
                new Message.User(List.of(new Part.Text("")), AT),
                new Message.Assistant(List.of(), List.of(), AT),
                new Message.Assistant(List.of(new Part.Reasoning("", "")), List.of(), AT),
                new Message.Assistant(List.of(), List.of(new ToolCall("", "", Json.of(""))), AT),
                new Message.Results(List.of(), AT),
                new Message.Results(List.of(new ToolResult("", "", false)), AT));
    }

    @ParameterizedTest(name = "text {index}")
    @ValueSource(
            strings = {
                "Größe, 雁, 🪿 and ∞",
                "tabs\tand\r\nline ends\nof all\rkinds\u0085\u2028\u2029",
                "\u0000\u0001\u001f\u007f\u009f",
                "e\u0301 is not \u00e9 and \ufb01 is not fi",
                "\ufeff\ufffe\uffff",
                "half of a pair: \ud83e, the other: \udebf, turned: \udebf\ud83e",
                "\"quoted\" \\ {\"json\":true} \\u0041 </script>",
            })
    void textsComeBackAsTheyAre(String text) {
        keeps(
                user(text),
                new Message.Assistant(
                        List.of(new Part.Reasoning(text, text)),
                        List.of(new ToolCall(text, text, Json.object(text, text))),
                        text,
                        AT),
                new Message.Results(List.of(new ToolResult(text, text, true)), AT));
    }

    @Test
    void numbersKeepTheirDigitsAndObjectsTheirOrder() {
        var arguments =
                Json.parse(
                        "{\"z\":0.10,\"a\":1E+2,\"m\":-0,\"big\":123456789012345678901234567890.0,"
                                + "\"none\":null,\"list\":[1.0,true,\"1\",{}]}");
        var store = store();
        store.append(key("a"), 0, SessionChange.of(List.of(calling(arguments)), AT));
        var message = (Message.Assistant) loaded(store, key("a")).messages().getFirst();
        assertThat(message.calls().getFirst().arguments().canonical())
                .isEqualTo(arguments.canonical());
    }

    @Test
    void argumentsThatWereNoJsonStayWhatTheModelWrote() {
        keeps(calling(Json.of("{\"item\": ")), calling(Json.of("{}")), calling(Json.nothing()));
    }

    @Test
    void argumentsMayBeAsDeepAndAsLargeAsJsonMayBe() {
        var deep = Json.parse("[".repeat(JSON_DEPTH) + "]".repeat(JSON_DEPTH));
        var large = Json.array(IntStream.range(0, 400_000).boxed().toList());
        keeps(calling(deep), calling(large), calling(Json.object("a", 1)));
    }

    @Test
    void momentsAreKeptToTheNanosecond() {
        for (var at : List.of(AT, LATER, Instant.EPOCH, Instant.MIN, Instant.MAX)) {
            keeps(Message.User.of("then", at));
            var store = store();
            store.append(key("moments"), 0, SessionChange.of(List.of(), at));
            assertThat(loaded(store, key("moments")).updated()).isEqualTo(at);
            store.delete(key("moments"));
        }
    }

    @Test
    void aLongMessageIsKept() {
        keeps(user("Größe 🪿 ".repeat(100_000)));
    }

    @Test
    void tenThousandMessagesAreKeptInTheirOrder() {
        var store = store();
        for (int i = 0; i < MANY; i += AT_ONCE) {
            var texts = IntStream.range(i, i + AT_ONCE).mapToObj(n -> "message " + n);
            store.append(key("a"), i / AT_ONCE, saying(texts.toArray(String[]::new)));
        }
        assertThat(texts(store, key("a")))
                .isEqualTo(IntStream.range(0, MANY).mapToObj(n -> "message " + n).toList());
    }

    @Test
    void randomMessagesComeBack() {
        long seed = seed();
        var random = new RandomMessages(new Random(seed));
        var store = store();
        var written = new ArrayList<Message>();
        for (int version = 0; written.size() < RANDOM; version++) {
            var added = random.messages();
            store.append(key("a"), version, SessionChange.of(added, AT));
            written.addAll(added);
        }
        assertThat(loaded(store, key("a")).messages()).as("seed %d", seed).isEqualTo(written);
    }

    private void keeps(Message... messages) {
        var written = List.of(messages);
        var store = store();
        store.append(key("kept"), 0, SessionChange.of(written, AT));
        assertThat(loaded(store, key("kept")).messages()).isEqualTo(written);
        store.replace(key("kept"), 1, whole(key("kept"), messages));
        assertThat(loaded(store, key("kept")).messages()).isEqualTo(written);
        store.delete(key("kept"));
    }

    private static Message calling(Json arguments) {
        return new Message.Assistant(List.of(), List.of(new ToolCall("c", "t", arguments)), AT);
    }
}
