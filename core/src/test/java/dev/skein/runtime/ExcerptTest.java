package dev.skein.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.model.TokenEstimator;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    private static final String MARKER = "[… cut: 50007 bytes in all …]";

    private static String cut(String text, long tokens) {
        return cut(text, tokens, TokenEstimator.bytes());
    }

    private static String cut(String text, long tokens, TokenEstimator estimator) {
        var excerpt = new Excerpt(estimator, tokens);
        return excerpt.fits(text) ? text : excerpt.of(text, MARKER);
    }

    @Test
    void aTextWithinTheLimitIsLeftAlone() {
        assertThat(cut("short", 2)).isEqualTo("short");
    }

    @Test
    void aLongTextKeepsItsHeadAndTailWithinTheLimit() {
        var text = "line\n".repeat(10_000) + "the end";
        var shown = cut(text, 200);
        assertThat(shown).startsWith("line\n").endsWith("the end").containsOnlyOnce(MARKER);
        assertThat(TokenEstimator.bytes().tokens(shown)).isLessThanOrEqualTo(200);
    }

    @Test
    void anEstimatorThatCountsMoreIsKeptToAsWell() {
        TokenEstimator letters = String::length;
        var text = "line\n".repeat(1_000);
        for (long limit = 0; limit < 300; limit++)
            assertThat(cut(text, limit, letters).length())
                    .isLessThanOrEqualTo((int) Math.max(1, limit));
        assertThat(cut(text, 200, letters))
                .contains(MARKER)
                .startsWith("line\n")
                .endsWith("line\n");
    }

    @Test
    void aLimitWithoutRoomForTheMarkerIsKeptToAllTheSame() {
        for (int limit = 1; limit < 30; limit++)
            assertThat(TokenEstimator.bytes().tokens(cut("text ".repeat(100), limit)))
                    .isLessThanOrEqualTo(limit);
    }

    @Test
    void noCodePointIsEverCutInTwo() {
        long seed = Long.getLong("skein.seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            while (text.length() < 500)
                text.appendCodePoint(random.nextInt(4) == 0 ? 0x1F600 : 'a' + random.nextInt(26));
            int limit = 30 + random.nextInt(60);
            var shown = cut(text.toString(), limit);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(shown))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(TokenEstimator.bytes().tokens(shown))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(limit);
        }
    }
}
