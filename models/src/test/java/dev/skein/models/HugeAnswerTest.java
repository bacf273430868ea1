package dev.skein.models;

import static dev.skein.models.Lent.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.testkit.Fault;
import dev.skein.testkit.Fault.Mangling;
import dev.skein.testkit.Piece;
import dev.skein.testkit.Reply;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers without measure, under the limits that hold where nobody sets others. */
class HugeAnswerTest {
    /** Several times the memory that tests have. */
    private static final long ENDLESS = 8L << 30;

    private static final int MORE_THAN_AN_EVENT = 5 << 20;

    @ParameterizedTest
    @CsvSource({
        "openai, false", "openai, true",
        "anthropic, false", "anthropic, true",
        "gemini, false", "gemini, true",
        "mistral, false", "mistral, true",
        "ollama, false", "ollama, true",
        "bedrock, false", "bedrock, true",
    })
    @Tag("AG-68")
    void anAnswerLargerThanTheMemoryIsABadReply(String wire, boolean streamed) throws Exception {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThan(ENDLESS / 2);
        try (var loopback = new Loopback(wire)) {
            loopback.wire()
                    .every(1, new Fault.Huge(ENDLESS))
                    .at(2, new Fault.Mangle(Mangling.UNTIL_CLOSE));
            // Whole answers say how long they are, unless they end with their connection.
            for (int i = 0; i < (streamed ? 1 : 2); i++)
                assertThat(Asked.of(loopback.model(), call("go"), streamed).code())
                        .isEqualTo("model.bad_reply");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini", "mistral", "ollama", "bedrock"})
    @Tag("AG-68")
    void anEventThatIsTooLargeIsABadReply(String wire) throws Exception {
        var bytes = new byte[MORE_THAN_AN_EVENT];
        Arrays.fill(bytes, (byte) 'x');
        System.arraycopy("data: ".getBytes(UTF_8), 0, bytes, 0, 6);
        try (var loopback = new Loopback(wire)) {
            loopback.wire().replies(Reply.of(new Piece.Raw(ByteBuffer.wrap(bytes))));
            assertThat(Asked.of(loopback.model(), call("go"), true).code())
                    .isEqualTo("model.bad_reply");
        }
    }
}
