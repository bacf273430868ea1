package dev.skein.model;

import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation. Every call of an assistant message has exactly one result in the
 * message after it.
 */
public sealed interface Message {
    /** When it was made; for people, never for order. */
    Instant at();

    /**
     * What the program tells the model about itself; first, and never part of a stored
     * conversation.
     */
    @SuppressWarnings("AvoidCommonTypeNames") // the field's own word for it
    record System(String text, Instant at) implements Message {}

    record User(List<Part> parts, Instant at) implements Message {
        public User {
            parts = List.copyOf(parts);
        }

        public static User of(String text, Instant at) {
            return new User(List.of(new Part.Text(text)), at);
        }
    }

    /**
     * What an agent said.
     *
     * @param speaker its name where several agents share one conversation; null elsewhere
     */
    record Assistant(List<Part> parts, List<ToolCall> calls, @Nullable String speaker, Instant at)
            implements Message {
        public Assistant {
            parts = List.copyOf(parts);
            calls = List.copyOf(calls);
        }

        public Assistant(List<Part> parts, List<ToolCall> calls, Instant at) {
            this(parts, calls, null, at);
        }

        public static Assistant of(String text, Instant at) {
            return new Assistant(
                    text.isEmpty() ? List.of() : List.of(new Part.Text(text)), List.of(), at);
        }

        public Assistant withCalls(List<ToolCall> calls) {
            return new Assistant(parts, calls, speaker, at);
        }

        public Assistant withSpeaker(String speaker) {
            return new Assistant(parts, calls, speaker, at);
        }
    }

    record Results(List<ToolResult> results, Instant at) implements Message {
        public Results {
            results = List.copyOf(results);
        }
    }

    /**
     * The text of the message, its parts joined; for results, each result's text on lines of its
     * own.
     */
    default String text() {
        return switch (this) {
            case System(var text, _) -> text;
            case User(var parts, _) -> textOf(parts);
            case Assistant(var parts, _, _, _) -> textOf(parts);
            case Results(var results, _) ->
                    results.stream().map(ToolResult::text).collect(Collectors.joining("\n"));
        };
    }

    private static String textOf(List<Part> parts) {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Text(var only)) return only;
        var text = new StringBuilder();
        for (var part : parts) if (part instanceof Part.Text(var piece)) text.append(piece);
        return text.toString();
    }
}
