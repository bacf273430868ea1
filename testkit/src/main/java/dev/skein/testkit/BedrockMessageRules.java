package dev.skein.testkit;

import static dev.skein.testkit.BedrockErrors.invalid;

import dev.skein.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Amazon Bedrock refuses of a conversation: roles that do not take turns, a first message that
 * is not the user's, nothing or blanks where something must be, ids outside their pattern or twice
 * in a turn, calls and results that are not in neighboring messages, and both where no tool is
 * declared. A result may be empty.
 */
final class BedrockMessageRules {
    private static final String USER = "user";

    private BedrockMessageRules() {}

    static @Nullable Refusal check(Json body) {
        var messages = body.get("messages").items();
        if (messages.isEmpty()) {
            return invalid(
                    "The messages field must not be empty. Add a message to it and try again.");
        }
        return First.of(
                () -> roles(messages),
                () -> contents(messages),
                () -> undeclared(body, messages),
                () -> pairs(messages));
    }

    private static @Nullable Refusal roles(List<Json> messages) {
        String before = "assistant";
        for (int i = 0; i < messages.size(); i++) {
            String role = messages.get(i).get("role").text();
            if (!role.equals(USER) && !role.equals("assistant")) {
                return invalid(
                        "1 validation error detected: Value '"
                                + role
                                + "' at 'messages."
                                + i
                                + ".member.role' failed to satisfy constraint: Member must satisfy enum value set:"
                                + " [user, assistant]");
            }
            if (role.equals(before)) {
                return invalid(
                        i == 0
                                ? "A conversation must start with a user message. Try again with a conversation that"
                                        + " starts with a user message."
                                : "A conversation must alternate between user and assistant roles. Make sure the"
                                        + " conversation alternates between user and assistant roles and try"
                                        + " again.");
            }
            before = role;
        }
        return null;
    }

    private static @Nullable Refusal contents(List<Json> messages) {
        for (int i = 0; i < messages.size(); i++) {
            var blocks = messages.get(i).get("content").items();
            String where = "messages." + i;
            if (blocks.isEmpty()) {
                return invalid(
                        "The content field in the Message object at "
                                + where
                                + " is empty. Add a ContentBlock object to the content field and try again.");
            }
            for (int j = 0; j < blocks.size(); j++) {
                var refusal = block(blocks.get(j), where + ".content." + j);
                if (refusal != null) {
                    return refusal;
                }
            }
        }
        return null;
    }

    private static @Nullable Refusal block(Json block, String where) {
        if (block.get("text") instanceof Json.Text(var text) && text.isBlank()) {
            return invalid(
                    "The text field in the ContentBlock object at "
                            + where
                            + " is blank. Add text to the text field, and try again.");
        }
        Json call = block.get("toolUse");
        if (!call.isNull() && !(call.get("input") instanceof Json.Obj)) {
            return invalid(
                    "The format of the value at "
                            + where
                            + ".toolUse.input is invalid. Provide a json object for the field and try again.");
        }
        for (var kind : List.of("toolUse", "toolResult")) {
            String id = block.get(kind).get("toolUseId").text();
            if (!block.get(kind).isNull() && !id.matches("[a-zA-Z0-9_-]{1,64}")) {
                return invalid(
                        "1 validation error detected: Value '"
                                + id
                                + "' at '"
                                + where
                                + ".member."
                                + kind
                                + ".toolUseId' failed to satisfy constraint: Member must satisfy regular expression"
                                + " pattern: [a-zA-Z0-9_-]+");
            }
        }
        return null;
    }

    private static @Nullable Refusal undeclared(Json body, List<Json> messages) {
        boolean used =
                messages.stream()
                        .flatMap(message -> message.get("content").items().stream())
                        .anyMatch(block ->
                                !block.get("toolUse").isNull()
                                        || !block.get("toolResult").isNull());
        return used && body.get("toolConfig").isNull()
                ? invalid(
                        "The toolConfig field must be defined when using toolUse and toolResult content blocks.")
                : null;
    }

    private static @Nullable Refusal pairs(List<Json> messages) {
        List<String> open = List.of();
        for (int i = 0; i < messages.size(); i++) {
            String where = "messages." + i + ".content";
            var results = ids(messages.get(i), "toolResult");
            if (results.size() > open.size()) {
                return invalid(
                        "The number of toolResult blocks at "
                                + where
                                + " exceeds the number of toolUse blocks of previous turn.");
            }
            var missing = new HashSet<>(open);
            results.forEach(missing::remove);
            if (!missing.isEmpty()) {
                return invalid(
                        "Expected toolResult blocks at "
                                + where
                                + " for the following Ids: "
                                + String.join(", ", missing));
            }
            open = ids(messages.get(i), "toolUse");
            if (Set.copyOf(open).size() < open.size()) {
                return invalid("The toolUse blocks at " + where + " contain duplicate Ids.");
            }
        }
        return open.isEmpty()
                ? null
                : invalid(
                        "Expected toolResult blocks at messages."
                                + messages.size()
                                + ".content for the following Ids: "
                                + String.join(", ", open));
    }

    private static List<String> ids(Json message, String kind) {
        return message.get("content").items().stream()
                .filter(block -> !block.get(kind).isNull())
                .map(block -> block.get(kind).get("toolUseId").text())
                .toList();
    }
}
