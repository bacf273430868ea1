package dev.skein.testkit;

import static dev.skein.testkit.SkeinAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageListAssertTest {
    private static final Message ASKED = Message.User.of("why?", Instant.EPOCH);
    private static final Message ANSWERED = Message.Assistant.of("because", Instant.EPOCH);

    @Test
    void aWholeConversationPasses() {
        var messages = List.of(ASKED, calling("a", "b"), results("a", "b"), ANSWERED);

        assertThat(messages)
                .isWhole()
                .hasRoles("user", "assistant", "tool", "assistant")
                .says("why")
                .neverSays("canary")
                .endsWith("because");
    }

    @Test
    void aBrokenOneDoesNot() {
        var broken =
                List.of(
                        List.of(ASKED, calling("a", "b"), results("b", "a")),
                        List.of(ASKED, calling("a", "b"), results("a")),
                        List.of(ASKED, calling("a"), ANSWERED),
                        List.of(ASKED, calling("a")),
                        List.of(ASKED, calling("a", "a"), results("a", "a")),
                        List.of(results("a"), ANSWERED),
                        List.of(ASKED, results("a"), ANSWERED));
        for (var messages : broken)
            assertThatThrownBy(() -> assertThat(messages).isWhole())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Conversation of " + messages.size() + " messages");
    }

    @Test
    void wordsInArgumentsAreSeen() {
        assertThatThrownBy(() -> assertThat(List.of(calling("a"))).neverSays("secret"))
                .isInstanceOf(AssertionError.class);
    }

    private static Message calling(String... ids) {
        var calls =
                Stream.of(ids)
                        .map(id -> new ToolCall(id, "look", Json.object("at", "a secret")))
                        .toList();
        return new Message.Assistant(List.of(), calls, Instant.EPOCH);
    }

    private static Message results(String... ids) {
        return new Message.Results(
                Stream.of(ids).map(id -> new ToolResult(id, "ok", false)).toList(), Instant.EPOCH);
    }
}
