package dev.skein.models;

import static dev.skein.models.Lent.call;
import static dev.skein.models.Lent.with;
import static dev.skein.models.Loopback.WEATHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import dev.skein.model.Delta;
import dev.skein.model.Message;
import dev.skein.testkit.Fault;
import dev.skein.testkit.Fault.Mangling;
import dev.skein.testkit.Piece;
import dev.skein.testkit.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random answers say the same streamed as whole, however their events are written. */
final class StreamedPiecesTest {
    private static final int ANSWERS = 40;
    private static final List<String> SIGNS =
            List.of(
                    "goose", " ", "\"", "\\", "\n", "\t", "é", "🪿", "\u2028", "{\"a\":", "}",
                    "\0");

    @ParameterizedTest
    @CsvSource({
        "openai, LF",
        "openai, CRLF",
        "openai, COMMENTS",
        "openai, PINGS",
        "openai, CHARACTER_IN_TWO",
        "anthropic, LF",
        "anthropic, CRLF",
        "anthropic, COMMENTS",
        "anthropic, PINGS",
        "anthropic, CHARACTER_IN_TWO",
    })
    @Tag("AG-57")
    @Tag("AG-58")
    void sayWhatTheWholeAnswerSays(String name, Mangling written) throws Exception {
        long seed = Long.getLong("skein.seed", System.nanoTime());
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (var loopback = new Loopback(name)) {
            var wire = loopback.wire().every(1, new Fault.Mangle(written));
            var model = loopback.model();
            for (int i = 0; i < ANSWERS; i++) {
                var reply = reply(random);
                wire.script(_ -> reply);
                var asked = with(call("go"), WEATHER);
                var whole = Asked.plainly(model, asked).answer().message();
                var streamed = Asked.of(model, asked, true);
                var message = streamed.answer().message();
                assertThat(said(message)).as("seed %d", seed).isEqualTo(said(whole));
                assertThat(streamed.heardText()).as("seed %d", seed).isEqualTo(whole.text());
                assertThat(heardArguments(streamed))
                        .as("seed %d", seed)
                        .isEqualTo(arguments(whole));
            }
        }
    }

    private static Reply reply(RandomGenerator random) {
        var pieces = new ArrayList<Piece>();
        if (random.nextInt(3) > 0) pieces.add(new Piece.Text(words(random)));
        for (int i = random.nextInt(3); i > 0; i--)
            pieces.add(Piece.call(WEATHER.name(), Json.object("city", words(random))));
        if (pieces.isEmpty()) pieces.add(new Piece.Text("x" + words(random)));
        return Reply.of(pieces.toArray(Piece[]::new));
    }

    private static String words(RandomGenerator random) {
        var words = new StringBuilder("w");
        for (int i = random.nextInt(200); i > 0; i--)
            words.append(SIGNS.get(random.nextInt(SIGNS.size())));
        return words.toString();
    }

    private static String said(Message.Assistant message) {
        return message.text() + message.calls().size() + arguments(message);
    }

    private static Json arguments(Message.Assistant message) {
        return Json.of(message.calls().stream().map(one -> one.arguments()).toList());
    }

    /** The fragments of each call, put together. */
    private static Json heardArguments(Asked asked) {
        var calls =
                asked.heard().stream()
                        .filter(Delta.CallArguments.class::isInstance)
                        .map(Delta.CallArguments.class::cast)
                        .collect(
                                Collectors.groupingBy(
                                        Delta.CallArguments::id,
                                        LinkedHashMap::new,
                                        Collectors.mapping(
                                                Delta.CallArguments::fragment,
                                                Collectors.joining())));
        return Json.of(calls.values().stream().map(Json::parse).toList());
    }
}
