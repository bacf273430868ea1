package dev.skein.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are still being written. */
@Tag("AG-57")
class SoFarTest {
    record Note(String text, List<Integer> numbers) {}

    private static final String SIGNS = "{}[]\",:\\u/*0-t\ud83e";
    private static final JsonType<Json> ANY = JsonType.of(Json.class);
    private static final JsonType<Note> NOTE = JsonType.of(Note.class);

    private static String soFar(JsonType<?> type, String text) {
        return type.readSoFar(text).map(Json::canonical).orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{~{}",
                "[~[]",
                "{\"a~{}",
                "{\"a\"~{}",
                "{\"a\":~{}",
                "{\"a\":1~{}",
                "{\"a\":1 ~{\"a\":1}",
                "{\"a\":1,~{\"a\":1}",
                "{\"a\":-~{}",
                "{\"a\":tru~{}",
                "{\"a\":true~{\"a\":true}",
                "{\"a\":\"x~{\"a\":\"x\"}",
                "{\"a\":\"x\\~{\"a\":\"x\"}",
                "{\"a\":\"x\\\\~{\"a\":\"x\\\\\"}",
                "{\"a\":\"x\\u00e~{\"a\":\"x\"}",
                "{\"a\":\"x\\u00e9~{\"a\":\"xé\"}",
                "{\"a\":\"x\\ud83d~{\"a\":\"x\"}",
                "{\"a\":\"x\\uD83D\\uDE~{\"a\":\"x\"}",
                "{\"a\":\"x\\ud83d\\ude00~{\"a\":\"x😀\"}",
                "{\"a\":[1,{\"b\":[2,3~{\"a\":[1,{\"b\":[2]}]}",
                "{\"a\":1 /~{\"a\":1}",
                "{\"a\":1 /* not~{\"a\":1}",
                "{\"a\":1 // not~{\"a\":1}",
                "Sure! ```json\\n{\"a\":\"b~{\"a\":\"b\"}",
                "I am {sure} of [this: {\"a\":\"b~{\"a\":\"b\"}",
                "[ \"he said: {\"a\":\"b\", ~{\"a\":\"b\"}",
                "{\"a\":1} and then {\"b\":2,~{\"b\":2}",
                "{\"a\":1} and that is {all}~{\"a\":1}",
                "{\"a\":1,\"a\":~{\"a\":1}",
                "{\"a\":1,\"a\":2,~nothing",
                "{a~nothing",
                "42~nothing",
                "\"text~nothing",
                "``~nothing"
            })
    void whatMayGoOnIsLeftOutAndTheRestIsClosed(String text, String expected) {
        assertThat(soFar(ANY, text)).isEqualTo(expected);
    }

    @Test
    void onlyWhatTheTypeCanBeIsTakenForIt() {
        assertThat(soFar(NOTE, "See [1] and [2, ")).isEqualTo("nothing");
        assertThat(soFar(NOTE, "See [1] and {\"text\":\"a")).isEqualTo("{\"text\":\"a\"}");
        assertThat(soFar(JsonType.listOf(Note.class), "{x} [{\"text\":\"a"))
                .isEqualTo("[{\"text\":\"a\"}]");
        assertThat(soFar(JsonType.of(int.class), "{\"a\":1")).isEqualTo("nothing");
        assertThat(soFar(JsonType.text(), "{\"a")).isEqualTo("\"{\\\"a\"");
    }

    @Test
    void everyBeginningOfAnyDocumentIsABeginningOfItsValue() {
        long seed = Long.getLong("skein.seed", System.nanoTime());
        System.out.println("SoFarTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            var whole = container(random, 4);
            var text = spelled(whole, random);
            for (int end = 0; end <= text.length(); end++) {
                var part = text.substring(0, end);
                ANY.readSoFar(part)
                        .ifPresent(soFar ->
                                assertThat(begins(soFar, whole))
                                        .as("seed %d: %s of %s", seed, part, text)
                                        .isTrue());
                if (end > text.indexOf(whole instanceof Json.Arr ? '[' : '{'))
                    assertThat(ANY.readSoFar(part)).as("seed %d: %s", seed, part).isPresent();
            }
            assertThat(ANY.readSoFar(text)).as("seed %d: %s", seed, text).contains(whole);
        }
    }

    @Test
    void nothingThatWasThereIsTakenBack() {
        long seed = Long.getLong("skein.seed", System.nanoTime());
        System.out.println("SoFarTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            var text = spelled(container(random, 4), random);
            Json before = null;
            for (int end = 0; end <= text.length(); end++) {
                var now = ANY.readSoFar(text.substring(0, end)).orElse(null);
                if (before != null && now != null)
                    assertThat(begins(before, now)).as("seed %d: %s", seed, text).isTrue();
                before = now;
            }
        }
    }

    /** Whether the one is the other with its end not written yet. */
    private static boolean begins(Json part, Json whole) {
        return switch (part) {
            case Json.Obj(var fields) when whole instanceof Json.Obj(var all) -> {
                var names = List.copyOf(fields.keySet());
                yield List.copyOf(all.keySet()).subList(0, names.size()).equals(names)
                        && begin(List.copyOf(fields.values()), List.copyOf(all.values()));
            }
            case Json.Arr(var items) when whole instanceof Json.Arr(var all) -> begin(items, all);
            case Json.Text(var start) when whole instanceof Json.Text(var text) ->
                    text.startsWith(start) && !text.startsWith(start + "\uDE00");
            case Json _ -> part.equals(whole);
        };
    }

    private static boolean begin(List<Json> parts, List<Json> all) {
        if (parts.isEmpty()) return true;
        int last = parts.size() - 1;
        return all.size() > last
                && parts.subList(0, last).equals(all.subList(0, last))
                && begins(parts.get(last), all.get(last));
    }

    private static Json container(Random random, int depth) {
        int size = random.nextInt(4);
        if (random.nextBoolean()) {
            var items = new ArrayList<Json>();
            for (int i = 0; i < size; i++) items.add(value(random, depth - 1));
            return new Json.Arr(items);
        }
        var object = Json.object();
        for (int i = 0; i < size; i++)
            object = object.with(letters(random) + i, value(random, depth - 1));
        return object;
    }

    private static Json value(Random random, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) return container(random, depth);
        return switch (random.nextInt(4)) {
            case 0 -> new Json.Text(letters(random));
            case 1 ->
                    new Json.Num(List.of("0", "-1.50", "12e+3", "1234567").get(random.nextInt(4)));
            case 2 -> new Json.Bool(random.nextBoolean());
            default -> Json.nothing();
        };
    }

    private static String letters(Random random) {
        int[] points = {'a', '"', '\\', '\n', 'é', '{', ']', ',', 0x1F600, '/'};
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--)
            text.appendCodePoint(points[random.nextInt(points.length)]);
        return text.toString();
    }

    /** As a model might: with spaces, remarks, commas too many and needless escapes. */
    private static String spelled(Json value, Random random) {
        var text = new StringBuilder(random.nextBoolean() ? "Sure:\n```json\n" : "");
        spell(value, random, text);
        return text.toString();
    }

    private static void spell(Json value, Random random, StringBuilder text) {
        switch (value) {
            case Json.Obj(var fields) -> {
                text.append('{');
                int left = fields.size();
                for (var field : fields.entrySet()) {
                    spell(new Json.Text(field.getKey()), random, text);
                    text.append(blank(random)).append(':').append(blank(random));
                    spell(field.getValue(), random, text);
                    if (--left > 0 || random.nextInt(5) == 0)
                        text.append(blank(random)).append(',');
                    text.append(blank(random));
                }
                text.append('}');
            }
            case Json.Arr(var items) -> {
                text.append('[').append(blank(random));
                int left = items.size();
                for (var item : items) {
                    spell(item, random, text);
                    if (--left > 0 || random.nextInt(5) == 0) text.append(',');
                    text.append(blank(random));
                }
                text.append(']');
            }
            case Json.Text(var words) -> {
                var written = value.canonical();
                text.append(
                        random.nextInt(3) > 0
                                ? written
                                : written.replace("é", "\\u00e9").replace("😀", "\\ud83d\\uDE00"));
                assertThat(words).isNotNull();
            }
            case Json _ -> text.append(value.canonical());
        }
    }

    private static String blank(Random random) {
        return List.of("", "", " ", "\n", "/* {\"a\": */", "// ]\n").get(random.nextInt(6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{",
                "{\"a\":",
                "[\"",
                "{\"",
                "[1,",
                "[[1],",
                "[/*",
                "[\"\\",
                "[\"\\\\",
                "\"",
                "[\"\\ud83d",
                "{\"a\":{\"b\":1},",
                "[tru",
                "[//",
                "{}",
                "[ \n",
                "[\"x["
            })
    @Timeout(20)
    void hostileTextIsReadInLinearTime(String part) {
        var text = part.repeat((1 << 20) / part.length());
        for (var type : List.of(ANY, NOTE)) assertThat(type.readSoFar(text)).isNotNull();
        assertThat(ANY.readSoFar("[\"" + text)).isNotNull();
    }

    @Test
    void mutatedTextsNeverThrow() {
        long seed = Long.getLong("skein.seed", System.nanoTime());
        System.out.println("SoFarTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder(spelled(container(random, 4), random));
            for (int edits = random.nextInt(1, 4); edits > 0; edits--)
                text.setCharAt(
                        random.nextInt(text.length()),
                        SIGNS.charAt(random.nextInt(SIGNS.length())));
            assertThat(ANY.readSoFar(text.toString())).as("seed %d", seed).isNotNull();
        }
    }
}
