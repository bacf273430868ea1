package dev.skein.models.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An event that is known without reading says what reading it says. */
final class RepeatedEventTest {
    private static final List<String> SIGNS =
            List.of("a", "Wort", " ", "\"", "\\", "\n", "é", "😀", "text", ":", "{", "}", ",");
    private static final List<String> LINE_ENDS = List.of("\n\n", "\r\n\r");
    private static final String BEGIN = "data: ";

    private final RepeatedEvent repeated = new RepeatedEvent();

    private static byte[] event(String piece, int index) {
        var delta = Json.object("type", "d", "text", piece);
        return lines(Json.object("index", index, "delta", delta).canonical());
    }

    private static byte[] lines(String data) {
        return ("event: delta\ndata: " + data + "\n\n").getBytes(UTF_8);
    }

    private boolean knows(byte[] event) {
        int end = repeated.end(event, 0, event.length);
        assertThat(end).isIn(-1, event.length);
        return end > 0;
    }

    @Test
    void nothingIsKnownBeforeAnythingWasLearned() {
        assertThat(repeated.isLearned()).isFalse();
        repeated.learn(event("a", 0), "a");
        assertThat(repeated.isLearned()).isTrue();
        repeated.learn(event("a", 0), "b");
        assertThat(repeated.isLearned()).isFalse();
        repeated.learn(new byte[0], "");
        assertThat(repeated.isLearned()).isFalse();
    }

    @Test
    void piecesInTheSamePlaceBecomeOneText() {
        repeated.learn(event("Hello", 0), "Hello");
        assertThat(knows(event(" you", 0))).isTrue();
        assertThat(knows(event("", 0))).isTrue();
        assertThat(knows(event(" \"there\"\n", 0))).isTrue();
        assertThat(repeated.take()).isEqualTo(" you \"there\"\n");
        assertThat(repeated.take()).isEmpty();
    }

    @Test
    void anEventWithEscapesIsLearned() {
        repeated.learn(event("{\"a\"", 0), "{\"a\"");
        assertThat(knows(event(":1}", 0))).isTrue();
        assertThat(repeated.take()).isEqualTo(":1}");
    }

    @Test
    void paddingMayDiffer() {
        var padded = "{\"delta\":\"%s\",\"obfuscation\":\"%s\",\"x\":1}";
        repeated.learn(lines(padded.formatted("Hello", "3kJ")), "Hello");
        assertThat(knows(lines(padded.formatted(" you", "")))).isTrue();
        assertThat(knows(lines(padded.formatted(" there", "uT5x")))).isTrue();
        assertThat(knows(lines(padded.formatted("!", "uT5x\",\"y\":\"")))).isFalse();
        assertThat(repeated.take()).isEqualTo(" you there");
        for (var cut : List.of("Hello", "Hello\",\"obf", "Hello\",\"obfuscation\":\"a")) {
            var begun = ("event: delta\ndata: {\"delta\":\"" + cut).getBytes(UTF_8);
            assertThat(repeated.end(begun, 0, begun.length)).isZero();
        }
    }

    @Test
    void whatElseDiffersNeedsReading() {
        repeated.learn(event("Hello", 0), "Hello");
        assertThat(knows(event("Hello", 1))).isFalse();
        assertThat(knows(lines("{\"type\":\"ping\"}"))).isFalse();
        var plain = new String(event("Hello", 0), UTF_8);
        assertThat(knows(plain.replace("Hello", "a\",\"x\":\"b").getBytes(UTF_8))).isFalse();
        assertThat(knows(plain.replace("Hello", "a\nb").getBytes(UTF_8))).isFalse();
        assertThat(knows(plain.replace("Hello", "\\x").getBytes(UTF_8))).isFalse();
        assertThat(knows(plain.replace("Hello", "\\u00g0").getBytes(UTF_8))).isFalse();
        assertThat(repeated.take()).isEmpty();
    }

    @Test
    void aPieceThatCouldStandElsewhereIsNotLearned() {
        repeated.learn(event("text", 0), "text"); // is a key as well
        assertThat(knows(event("b", 0))).isFalse();
        repeated.learn(lines("{\"x\":1,\"y\":\"\\u0078\"}"), "x");
        assertThat(knows(lines("{\"b\":1,\"y\":\"\\u0078\"}"))).isFalse();
        repeated.learn((": \"a\n" + new String(event("a", 0), UTF_8)).getBytes(UTF_8), "a");
        assertThat(repeated.isLearned()).isFalse();
    }

    @Test
    void aCharacterThatIsCutInTwoIsNotPutTogether() {
        repeated.learn(event("Hello", 0), "Hello");
        var whole = event("aé", 0);
        var half = event("b", 0);
        int place = new String(half, UTF_8).indexOf("\"b\"") + 1;
        half[place] = (byte) 0xA9;
        assertThat(knows(whole)).isTrue();
        assertThat(knows(half)).isFalse();
    }

    @Test
    void whateverIsKnownIsWhatReadingSays() {
        long seed = Long.getLong("skein.seed", System.nanoTime());
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var expected = new StringBuilder();
        int known = 0;
        for (int i = 0; i < 20_000; i++) {
            var event = randomEvent(random, i % 1_000 > 500);
            var said = read(event);
            boolean again = knows(event);
            assertThat(said == null && again).as("seed %d, event %d", seed, i).isFalse();
            if (again) {
                known++;
                expected.append(said);
                int cut = random.nextInt(event.length);
                assertThat(repeated.end(event, 0, cut)).as("seed %d, event %d", seed, i).isZero();
            } else if (said != null) repeated.learn(event, said);
            if (random.nextInt(3) > 0) continue;
            assertThat(repeated.take())
                    .as("seed %d, event %d", seed, i)
                    .isEqualTo(expected.toString());
            expected.setLength(0);
        }
        assertThat(known).as("seed %d", seed).isGreaterThan(1_000);
    }

    /** Now and then with everything escaped, or with a byte that nobody meant. */
    private static byte[] randomEvent(RandomGenerator random, boolean padded) {
        var delta = Json.object("type", "d", "text", words(random));
        var event = Json.object("index", random.nextInt(20) / 19, "delta", delta);
        if (padded) event = event.with("obfuscation", "x".repeat(random.nextInt(9)));
        var data = event.canonical();
        if (random.nextInt(4) == 0) data = data.replace("é", "\\u00e9").replace("a", "\\u0061");
        var end = LINE_ENDS.get(random.nextInt(30) / 28);
        var lines = (BEGIN + data + end).getBytes(UTF_8);
        int place = BEGIN.length() + random.nextInt(lines.length - BEGIN.length() - end.length());
        byte other = (byte) random.nextInt(256);
        if (random.nextInt(10) == 0 && other != '\n' && other != '\r') lines[place] = other;
        return lines;
    }

    /** What the JSON of the event says in the place of the piece; null if it is none. */
    private static @Nullable String read(byte[] event) {
        var data = new String(event, UTF_8).substring(BEGIN.length()).strip();
        try {
            return Json.parse(data).path("/delta/text") instanceof Json.Text(var text)
                    ? text
                    : null;
        } catch (SkeinException e) {
            return null;
        }
    }

    private static String words(RandomGenerator random) {
        var words = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--)
            words.append(SIGNS.get(random.nextInt(SIGNS.size())));
        return words.toString();
    }
}
