package dev.skein.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.model.TokenEstimator;
import dev.skein.session.ContextWindow;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Instant AT = Instant.EPOCH;
    private static final Window.Fixed NO_SCHEMAS = new Window.Fixed(10, 0);

    private static Window of(long available) {
        return new Window(TokenEstimator.bytes(), available);
    }

    private static List<Message> exchange(int number) {
        return List.of(
                Message.User.of("question " + number, AT),
                new Message.Assistant(
                        List.of(), List.of(new ToolCall("c" + number, "look", Json.object())), AT),
                new Message.Results(
                        List.of(new ToolResult("c" + number, "result " + number, false)), AT),
                Message.Assistant.of("answer " + number, AT));
    }

    private static List<Long> sizes(Window window, List<Message> messages) {
        return messages.stream().map(window::size).toList();
    }

    @Test
    @Tag("AG-80")
    void sizesAreThoseOfThePublishedRule() {
        var window = ContextWindow.of(100, 20, 0.3);
        assertThat(window.available(Long.MAX_VALUE)).isEqualTo(80);
        assertThat(window.toolResultTokens(Long.MAX_VALUE)).isEqualTo(24);
        assertThat(of(80).size(Message.User.of("Hello world", AT))).isEqualTo(7);
        assertThat(of(80).instructions("x".repeat(16)) + of(80).size(Message.User.of("Hi", AT)))
                .isEqualTo(13);
    }

    @Test
    @Tag("AG-80")
    void theModelsOwnSizeCutsTheWindow() {
        assertThat(ContextWindow.of(200_000, 4_096, 0.3).available(8_192)).isEqualTo(4_096);
    }

    @Test
    void whatFitsIsSentWhole() {
        var messages = exchange(1);
        assertThat(of(1_000).fit(NO_SCHEMAS, messages, sizes(of(0), messages)).from()).isZero();
    }

    @Test
    @Tag("AG-81")
    void olderExchangesAreLeftOutWholeFromTheOldest() {
        var messages = new ArrayList<Message>();
        for (int i = 1; i <= 6; i++) messages.addAll(exchange(i));
        var sizes = sizes(of(0), messages);
        long two =
                sizes.subList(16, 24).stream().mapToLong(Long::longValue).sum()
                        + NO_SCHEMAS.total();
        var fit = of(two + 5).fit(NO_SCHEMAS, messages, sizes);
        assertThat(fit.from()).isEqualTo(16);
        assertThat(messages.get(fit.from()).text()).isEqualTo("question 5");
        assertThat(fit.tokens()).isEqualTo(two);
        assertThat(fit.before()).isGreaterThan(fit.tokens());
    }

    @Test
    @Tag("AG-81")
    void aFixedPartThatAloneDoesNotFitIsSaidWithItsSizes() {
        var messages = exchange(1);
        assertThatThrownBy(
                        () -> of(15).fit(new Window.Fixed(10, 3), messages, sizes(of(0), messages)))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e -> {
                            var limit = (Limit.Context) e.failure();
                            assertThat(limit.instructions()).isEqualTo(10);
                            assertThat(limit.schemas()).isEqualTo(3);
                            assertThat(limit.available()).isEqualTo(15);
                        });
    }

    @Test
    void bytesAreCountedNotCharacters() {
        assertThat(TokenEstimator.bytes().tokens("")).isZero();
        assertThat(TokenEstimator.bytes().tokens("ääää")).isEqualTo(2);
        assertThat(TokenEstimator.bytes().tokens("😀")).isEqualTo(1);
        assertThat(TokenEstimator.bytes().tokens("€€€€")).isEqualTo(3);
    }
}
