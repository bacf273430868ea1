package dev.skein.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.Violation;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
    record Verdict(
            String label, @Range(min = 0, max = 1) double confidence, List<String> reasons) {}

    enum Mood {
        GOOD,
        BAD
    }

    private static final Verdict EXPECTED = new Verdict("x", 0.5, List.of("a"));
    private static final JsonType<Verdict> VERDICT = JsonType.of(Verdict.class);

    private static List<Violation> violations(JsonType<?> type, String text) {
        return switch (type.read(text)) {
            case Decoded.Ok<?>(var value, _) -> throw new AssertionError("fits: " + value);
            case Decoded.Bad<?>(var violations) -> violations;
        };
    }

    private static <T> void assertRead(JsonType<T> type, String text, T expected) {
        assertThat(type.read(text)).isEqualTo(new Decoded.Ok<>(expected, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"label\":\"x\",\"confidence\":0.5,\"reasons\":[\"a\"]}",
                "\uFEFF {\"label\":\"x\",\"confidence\":0.5,\"reasons\":[\"a\"]}\n",
                "```json\n{\"label\":\"x\",\"confidence\":0.5,\"reasons\":[\"a\"]}\n```",
                "Sure! Here [as asked] it is:\n```\n{\"label\":\"x\",\"confidence\":0.5,\"reasons\":[\"a\"],}\n``` Anything else?",
                "{\"label\":\"x\", // why\n\"confidence\":0.5, /* sure { */ \"reasons\":[\"a\",],}",
                "first {\"label\":\"y\",\"confidence\":0.1,\"reasons\":[]}, no: {\"label\":\"x\",\"confidence\":0.5,\"reasons\":[\"a\"]}",
                "{\"label\":\"x\",\"confidence\":0.5,\"reasons\":[\"a\"]} and then {\"label\":7}",
                "{\"label\":\"x\",\"confidence\":0.5,\"reasons\":[\"a\"]} (see [1])",
                "{broken {\"label\":\"x\",\"confidence\":0.5,\"reasons\":[\"a\"]}",
                "[ \"he said: {\"label\":\"x\",\"confidence\":0.5,\"reasons\":[\"a\"]}",
                "set {x | x > 3} gives {\"label\":\"x\",\"confidence\":0.5,\"reasons\":[\"a\"]}",
                "{\"label\":\"x\",\"confidence\":0.5,\"reasons\":[\"a\"]} and a torn {\"label\":\"y\", \"conf"
            })
    @Tag("AG-34")
    void theValueIsFoundWhateverSurroundsIt(String text) {
        assertRead(VERDICT, text, EXPECTED);
    }

    @Test
    @Tag("AG-34")
    void rawLineEndsInTextsAreKept() {
        assertRead(
                VERDICT,
                "{\"label\":\"a\nb\tc\",\"confidence\":1,\"reasons\":[]}",
                new Verdict("a\nb\tc", 1, List.of()));
    }

    @Test
    @Tag("AG-34")
    void whatLiesWithinACompleteValueIsNotOutermost() {
        assertThat(
                        violations(
                                VERDICT,
                                "[{\"label\":\"x\",\"confidence\":0.5,\"reasons\":[\"a\"]}]"))
                .containsExactly(new Violation("", "object", "array"));
    }

    @Test
    void ofValuesThatDoNotFitTheLikeliestOneIsExplained() {
        var text = "{\"label\":\"x\",\"confidence\":80,\"reasons\":[]} (see [1])";
        assertThat(violations(VERDICT, text))
                .containsExactly(new Violation("/confidence", "≤ 1", "80"));
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(violations(VERDICT, "I cannot do that."))
                .containsExactly(new Violation("", "object", "text"));
        assertThat(violations(VERDICT, "")).containsExactly(new Violation("", "object", "nothing"));
        assertThat(violations(VERDICT, "{\"label\":\"x\",\"confid"))
                .containsExactly(new Violation("", "complete JSON", "JSON that breaks off"));
        assertThat(
                        violations(
                                        VERDICT,
                                        "{\"label\":\"x\",\"label\":\"y\",\"confidence\":1,\"reasons\":[]}")
                                .getFirst()
                                .found())
                .contains("twice");
    }

    @Test
    @Tag("AG-35")
    void meaningIsStrict() {
        assertThat(violations(VERDICT, "{\"label\":\"x\",\"confidence\":\"0.5\",\"reasons\":[]}"))
                .containsExactly(new Violation("/confidence", "number", "text"));
        assertThat(violations(VERDICT, "{\"label\":\"x\",\"confidence\":NaN,\"reasons\":[]}"))
                .isNotEmpty();
    }

    @Test
    void scalarsStandAlone() {
        assertRead(JsonType.of(int.class), " 42\n", 42);
        assertRead(JsonType.of(boolean.class), "```json\ntrue\n```", true);
        assertRead(JsonType.of(Mood.class), "good", Mood.GOOD);
        assertRead(JsonType.of(Mood.class), "\"BAD\"", Mood.BAD);
        assertRead(JsonType.of(LocalDate.class), "2026-01-31", LocalDate.of(2026, 1, 31));
        assertThat(violations(JsonType.of(int.class), "about 42"))
                .containsExactly(new Violation("", "integer", "text"));
        assertThat(violations(JsonType.of(int.class), "4.5").getFirst().found()).isEqualTo("4.5");
    }

    @Test
    void textIsReadAsItStands() {
        assertRead(JsonType.text(), " \"quoted\" {\"a\":1}\n", " \"quoted\" {\"a\":1}\n");
    }

    @Test
    void listsAndFreeJsonAreRead() {
        assertRead(
                JsonType.listOf(Mood.class),
                "These: [\"good\", \"bad\"]",
                List.of(Mood.GOOD, Mood.BAD));
        assertRead(JsonType.of(Json.class), "x {\"a\":0.10,} y", Json.parse("{\"a\":0.10}"));
    }

    @Test
    @Tag("AG-34")
    void deeperThanSixtyFourIsNoValue() {
        var json = JsonType.of(Json.class);
        assertThat(json.read("[".repeat(64) + "]".repeat(64))).isInstanceOf(Decoded.Ok.class);
        assertThat(json.read("[".repeat(65) + "]".repeat(65))).isInstanceOf(Decoded.Bad.class);
        assertThat(json.read("{\"a\":".repeat(65) + "1" + "}".repeat(65)))
                .isInstanceOf(Decoded.Bad.class);
        assertRead(
                json, "[".repeat(65) + "\"]\"" + "]".repeat(65) + " then [1]", Json.parse("[1]"));
    }

    /**
     * A mebibyte of what makes careless scanners take a day: the bound is generous, quadratic time
     * is far beyond it.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{",
                "[\"",
                "{\"",
                "[1,",
                "[[1],",
                "{\"a\":",
                "{\"a\":{\"b\":1},",
                "[/*",
                "[//",
                "[\"a\"//",
                "[\"\\",
                "\"",
                "[\"x[",
                "[\"[\" ",
                "[1]",
                "[01]",
                "{\"a\":1,\"a\":2}",
                "[\"a\"/**/",
                "]",
                "{}",
                "[1,2] {\"label\":",
                "[\"a\" \"",
                "[\"a\\\"[",
                "[ \n",
                "[tru",
                "/*[",
                "[\"\n"
            })
    @Timeout(20)
    @Tag("AG-34")
    void hostileTextIsReadInLinearTime(String part) {
        var text = part.repeat((1 << 20) / part.length());
        assertThat(VERDICT.read(text)).isInstanceOf(Decoded.Bad.class);
    }

    @Test
    @Tag("AG-34")
    void mutatedTextsAreBadOrFitButNeverThrow() {
        long seed = System.nanoTime();
        System.out.println("ReadingTest seed " + seed);
        var random = new Random(seed);
        var start =
                "Sure: ```json\n{\"label\":\"x\\u00e9\",\"confidence\":0.5e0,\"reasons\":[\"a\",\"b\"/*c*/,],}\n``` // done [1] {\"a\":{\"b\":[null,true]}}";
        int fitting = 0;
        for (int i = 0; i < 10_000; i++) {
            var text = mutated(start, random);
            switch (VERDICT.read(text)) {
                case Decoded.Ok<Verdict>(var verdict, _) -> {
                    assertThat(verdict.confidence())
                            .as("seed %d, %s", seed, text)
                            .isBetween(0.0, 1.0);
                    fitting++;
                }
                case Decoded.Bad<Verdict>(var violations) ->
                        assertThat(violations).as("seed %d, %s", seed, text).isNotEmpty();
            }
        }
        assertThat(fitting).isBetween(100, 9_900);
    }

    private static String mutated(String start, Random random) {
        var text = new StringBuilder(start);
        var signs = "{}[]\",:\\/*0e-.\n\u0000é\ud83e tfn'`";
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, signs.charAt(random.nextInt(signs.length())));
                case 2 -> text.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
                default ->
                        text.insert(
                                at,
                                text.substring(
                                        at, Math.min(text.length(), at + random.nextInt(20))));
            }
        }
        return text.toString();
    }
}
