package dev.skein.testkit;

import static dev.skein.testkit.AnthropicErrors.invalid;

import dev.skein.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of {@link AnthropicRules} that concerns the conversation. */
final class AnthropicMessageRules {
    private AnthropicMessageRules() {}

    /** A turn: neighboring messages of one role are one. */
    private record Turn(String role, int index, List<Json> blocks) {}

    static @Nullable Refusal check(Json body) {
        var messages = body.get("messages").items();
        if (messages.isEmpty()) {
            return invalid("messages: at least one message is required");
        }
        for (int i = 0; i < messages.size(); i++) {
            var refusal = message(messages.get(i), i, i == messages.size() - 1);
            if (refusal != null) {
                return refusal;
            }
        }
        var turns = turns(messages);
        if (!turns.getFirst().role.equals("user")) {
            return invalid("messages: first message must use the \"user\" role");
        }
        return First.of(() -> ids(turns), () -> pairs(turns), () -> end(turns.getLast()));
    }

    private static @Nullable Refusal message(Json message, int index, boolean last) {
        String where = "messages." + index;
        String role = message.get("role").text();
        if (role.equals("system")) {
            return invalid(
                    where
                            + ": Unexpected role \"system\". The Messages API accepts a top-level `system` parameter,"
                            + " not \"system\" as an input message role.");
        }
        if (!role.equals("user") && !role.equals("assistant")) {
            return invalid(where + ".role: Input should be 'user' or 'assistant'");
        }
        var blocks = blocks(message);
        if (blocks.isEmpty() && !(last && role.equals("assistant"))) {
            return invalid(
                    where
                            + ": all messages must have non-empty content except for the optional final assistant"
                            + " message");
        }
        for (var block : blocks) {
            if (block.get("type").text().equals("text") && block.get("text").text().isEmpty()) {
                return invalid("messages: text content blocks must be non-empty");
            }
            if (block.get("type").text().equals("text") && block.get("text").text().isBlank()) {
                return invalid("messages: text content blocks must contain non-whitespace text");
            }
        }
        return null;
    }

    private static List<Turn> turns(List<Json> messages) {
        var turns = new ArrayList<Turn>();
        for (int i = 0; i < messages.size(); i++) {
            String role = messages.get(i).get("role").text();
            if (turns.isEmpty() || !turns.getLast().role.equals(role)) {
                turns.add(new Turn(role, i, new ArrayList<>()));
            }
            turns.getLast().blocks.addAll(blocks(messages.get(i)));
        }
        return turns;
    }

    private static List<Json> blocks(Json message) {
        Json content = message.get("content");
        if (content instanceof Json.Text(var text)) {
            return text.isEmpty() ? List.of() : List.of(Json.object("type", "text", "text", text));
        }
        return content.items();
    }

    private static @Nullable Refusal ids(List<Turn> turns) {
        var all = new HashSet<String>();
        for (var turn : turns) {
            for (var id : ids(turn, "tool_use", "id")) {
                if (!id.matches("[a-zA-Z0-9_-]+")) {
                    return invalid(
                            "messages."
                                    + turn.index
                                    + ".content.0.tool_use.id: String should match pattern"
                                    + " '^[a-zA-Z0-9_-]+$'");
                }
                if (!all.add(id)) {
                    return invalid("messages." + turn.index + ": `tool_use` ids must be unique");
                }
            }
        }
        return null;
    }

    private static @Nullable Refusal pairs(List<Turn> turns) {
        Set<String> open = Set.of();
        int asked = 0;
        for (var turn : turns) {
            var results = new LinkedHashSet<>(ids(turn, "tool_result", "tool_use_id"));
            for (var id : results) {
                if (!open.contains(id)) {
                    return orphan(turn, id);
                }
            }
            if (!results.containsAll(open)) {
                return unanswered(open, results, asked);
            }
            open = new LinkedHashSet<>(ids(turn, "tool_use", "id"));
            asked = turn.index;
        }
        return open.isEmpty() ? null : unanswered(open, Set.of(), asked);
    }

    private static Refusal orphan(Turn turn, String id) {
        int at = 0;
        while (!turn.blocks.get(at).get("tool_use_id").text().equals(id)) {
            at++;
        }
        return invalid(
                "messages."
                        + turn.index
                        + ".content."
                        + at
                        + ": unexpected `tool_use_id` found in `tool_result`"
                        + " blocks: "
                        + id
                        + ". Each `tool_result` block must have a corresponding `tool_use` block in the"
                        + " previous message.");
    }

    private static Refusal unanswered(Set<String> open, Set<String> answered, int index) {
        var missing = new LinkedHashSet<>(open);
        missing.removeAll(answered);
        return invalid(
                "messages."
                        + index
                        + ": `tool_use` ids were found without `tool_result` blocks immediately after: "
                        + String.join(", ", missing)
                        + ". Each `tool_use` block must have a corresponding `tool_result` block in"
                        + " the next message.");
    }

    private static @Nullable Refusal end(Turn last) {
        if (!last.role.equals("assistant") || last.blocks.isEmpty()) {
            return null;
        }
        String text = last.blocks.getLast().get("text").text();
        return text.equals(text.stripTrailing())
                ? null
                : invalid("messages: final assistant content cannot end with trailing whitespace");
    }

    private static List<String> ids(Turn turn, String type, String field) {
        return turn.blocks.stream()
                .filter(block -> block.get("type").text().equals(type))
                .map(block -> block.get(field).text())
                .toList();
    }
}
