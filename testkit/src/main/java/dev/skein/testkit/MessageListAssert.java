package dev.skein.testkit;

import dev.skein.model.Message;
import dev.skein.session.Transcript;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a conversation. One that fails prints it, a message a line. */
public final class MessageListAssert extends AbstractAssert<MessageListAssert, List<Message>> {
    MessageListAssert(List<Message> messages) {
        super(messages, MessageListAssert.class);
    }

    /** The messages are by these, in this order: system, user, assistant, tool. */
    public MessageListAssert hasRoles(String... roles) {
        var found = actual.stream().map(Transcript::role).toList();
        return check(found.equals(List.of(roles)), "roles " + List.of(roles));
    }

    /** The last message has exactly this text. */
    public MessageListAssert endsWith(String text) {
        return check(
                !actual.isEmpty() && actual.getLast().text().equals(text), "at the end: " + text);
    }

    /** Some message contains this text. */
    public MessageListAssert says(String text) {
        return check(
                actual.stream().anyMatch(message -> message.text().contains(text)),
                "said: " + text);
    }

    /** No message contains this text, in words or in arguments. */
    public MessageListAssert neverSays(String text) {
        return check(
                actual.stream().noneMatch(message -> Transcript.json(message).contains(text)),
                "never said: " + text);
    }

    /**
     * It is one that a provider accepts: ids of calls are unique in their message, and every call
     * has exactly one result, directly after its message, in the order of the calls.
     */
    public MessageListAssert isWhole() {
        var open = List.<String>of();
        for (var message : actual) {
            var results = results(message);
            check(results.equals(open), "results of " + open + ", not of " + results);
            open = calls(message);
            check(Set.copyOf(open).size() == open.size(), "unique ids of calls, not " + open);
        }
        return check(open.isEmpty(), "results of " + open);
    }

    private static List<String> calls(Message message) {
        return message instanceof Message.Assistant(_, var calls, _, _)
                ? calls.stream().map(ToolCall::id).toList()
                : List.of();
    }

    private static List<String> results(Message message) {
        return message instanceof Message.Results(var results, _)
                ? results.stream().map(ToolResult::callId).toList()
                : List.of();
    }

    private MessageListAssert check(boolean holds, String expected) {
        if (!holds) throw failure("%nExpected: %s%n%s", expected, told());
        return this;
    }

    private String told() {
        var text = new StringBuilder("Conversation of " + actual.size() + " messages");
        for (var message : actual) text.append("\n  ").append(Story.cut(Transcript.json(message)));
        return text.toString();
    }
}
