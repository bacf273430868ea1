package dev.skein.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** An event that is known without reading says what reading it says. */
final class RepeatedEventTest {
    private static final List<String> SIGNS =
            List.of("a", "Wort", " ", "\"", "\\", "\n", "é", "😀", "text", ":", "{", "}", ",");

    private final RepeatedEvent repeated = new RepeatedEvent();

    private static String event(String piece, int index) {
        return Json.object("index", index, "delta", Json.object("type", "d", "text", piece))
                .canonical();
    }

    @Test
    void nothingIsKnownBeforeAnythingWasLearned() {
        assertThat(repeated.piece(event("a", 0))).isNull();
        assertThat(repeated.piece("")).isNull();
    }

    @Test
    void anotherPieceInTheSamePlaceIsKnown() {
        repeated.learn(event("Hello", 0), "Hello");
        assertThat(repeated.piece(event(" you there", 0))).isEqualTo(" you there");
        assertThat(repeated.piece(event("", 0))).isEmpty();
        assertThat(repeated.piece(event("a \"b\"\n", 0))).isEqualTo("a \"b\"\n");
    }

    @Test
    void whatElseDiffersNeedsReading() {
        repeated.learn(event("Hello", 0), "Hello");
        assertThat(repeated.piece(event("Hello", 1))).isNull();
        assertThat(repeated.piece("{\"type\":\"ping\"}")).isNull();
        var more = event("Hello\",\"x\":\"", 0).replace("\\", "");
        assertThat(repeated.piece(more)).as(more).isNull();
    }

    @Test
    void aPieceThatCouldStandElsewhereIsNotLearned() {
        repeated.learn(event("text", 0), "text"); // is a key as well
        assertThat(repeated.piece(event("b", 0))).isNull();
        repeated.learn("{\"x\":1,\"y\":\"\\u0078\"}", "x"); // only the key is written so
        assertThat(repeated.piece("{\"b\":1,\"y\":\"\\u0078\"}")).isNull();
    }

    @Test
    void whateverIsKnownIsWhatReadingSays() {
        long seed = Long.getLong("skein.seed", 20261121L);
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int known = 0;
        for (int i = 0; i < 20_000; i++) {
            var event = event(words(random), random.nextInt(2));
            var said = Json.parse(event).path("/delta/text").text();
            var piece = repeated.piece(event);
            if (piece != null) known++;
            assertThat(piece).as("seed %d, event %d: %s", seed, i, event).isIn(null, said);
            if (piece == null) repeated.learn(event, said);
        }
        assertThat(known).isPositive();
    }

    private static String words(RandomGenerator random) {
        var words = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--)
            words.append(SIGNS.get(random.nextInt(SIGNS.size())));
        return words.toString();
    }
}
