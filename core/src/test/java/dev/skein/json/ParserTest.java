package dev.skein.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.SkeinException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Another parser, which millions use, must be of the same opinion, except about halves of surrogate
 * pairs.
 */
class ParserTest {
    private static final JsonMapper STRICT =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(
                            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();
    private static final JsonMapper TOLERANT =
            STRICT.rebuild()
                    .enable(
                            JsonReadFeature.ALLOW_JAVA_COMMENTS,
                            JsonReadFeature.ALLOW_TRAILING_COMMA,
                            JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                    .build();
    private static final List<String> STARTS =
            List.of(
                    "{\"a\":[1,-0.5e+3,true,false,null,\"x\\u00e9\\n\\\\\"],\"b\":{\"c\":{},\"d\":[]}} ",
                    " [ 0 , -1 , 1.0 , 1E5 , 1e-5 , \"\" , [ [ ] ] , { \"\" : 0 } ]\n",
                    "[\"/\\/\\b\\f\\r\\t\\u0041\",/* c */{\"k\":1,},// d\n]");

    private static Optional<JsonNode> theirs(JsonMapper mapper, String text) {
        try {
            return Optional.of(mapper.readTree(text)).filter(node -> !node.isMissingNode());
        } catch (JacksonException refused) {
            return Optional.empty();
        }
    }

    private static Optional<Json> ours(boolean tolerant, String text) {
        try {
            return Optional.of(
                    tolerant ? Parser.parseTolerantly(text, 0, text.length()) : Json.parse(text));
        } catch (SkeinException refused) {
            return Optional.empty();
        }
    }

    @Test
    void bothAcceptAndUnderstandTheSame() {
        long seed = System.nanoTime();
        System.out.println("ParserTest seed " + seed);
        var random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = changed(STARTS.get(random.nextInt(STARTS.size())), random);
            boolean tolerant = random.nextBoolean();
            // The other one cares about control characters in comments.
            if (tolerant) text = text.replace('\u0001', '\t');
            var theirs = theirs(tolerant ? TOLERANT : STRICT, text);
            var ours = ours(tolerant, text);
            assertThat(ours.isPresent())
                    .as("seed %d, tolerant %s: %s", seed, tolerant, Json.of(text).canonical())
                    .isEqualTo(theirs.isPresent());
            if (ours.isEmpty()) continue;
            accepted++;
            assertThat(theirs(STRICT, ours.get().canonical()))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(theirs);
        }
        assertThat(accepted).isBetween(1_000, 19_000);
    }

    private static String changed(String start, Random random) {
        var text = new StringBuilder(start);
        var signs = "{}[]\",:\\/*0e-.+1 \n\ttfnu\u0001a";
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, signs.charAt(random.nextInt(signs.length())));
                default -> text.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
            }
        }
        return text.toString();
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xc3, '"'}))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("UTF-8");
        assertThat(Json.parse("\"\uFFFD\"".getBytes(StandardCharsets.UTF_8)).text())
                .isEqualTo("\uFFFD");
    }
}
