package dev.skein.testkit;

import static dev.skein.testkit.OpenAiErrors.invalid;

import dev.skein.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What OpenAI refuses on {@code /chat/completions}, from its API reference and its guides to
 * function calling and structured outputs as of March 2026: no model, no messages, an unknown role,
 * a user or system message without content, results and calls that do not belong together, tool
 * names outside {@code [a-zA-Z0-9_-]{1,64}}, two tools of one name, strict schemas in which an
 * object allows other properties or does not require all of its own, JSON mode without the word,
 * more tokens than the model reads. Roles need not alternate, and an empty text is content.
 */
final class OpenAiRules {
    private static final Set<String> ROLES =
            Set.of("system", "developer", "user", "assistant", "tool", "function");

    private OpenAiRules() {}

    static @Nullable Refusal check(Ask ask, Limits limits) {
        return First.of(
                () -> model(ask, limits),
                () -> messages(ask.body().get("messages")),
                () -> pairs(ask.body().get("messages").items()),
                () -> tools(ask.body().get("tools").items()),
                () -> reasonsAndActs(ask),
                () -> format(ask),
                () -> size(ask, limits));
    }

    static @Nullable Refusal model(Ask ask, Limits limits) {
        if (ask.model().isEmpty()) {
            return invalid("you must provide a model parameter", null, null);
        }
        return limits.unknownModels().contains(ask.model())
                ? OpenAiErrors.noModel(ask.model())
                : null;
    }

    /** From its guide to these models, November 2026. */
    private static @Nullable Refusal reasonsAndActs(Ask ask) {
        boolean may =
                !ask.model().matches("gpt-(5\\.6|6)([.-].*)?")
                        || ask.body().get("tools").items().isEmpty()
                        || ask.body().get("reasoning_effort").text().equals("none");
        return may
                ? null
                : invalid(
                        "Function tools with reasoning_effort are not supported for "
                                + ask.model()
                                + " in /v1/chat/completions. To use function tools, use"
                                + " /v1/responses or set reasoning_effort to 'none'.",
                        "reasoning_effort",
                        null);
    }

    private static @Nullable Refusal messages(Json messages) {
        if (!(messages instanceof Json.Arr)) {
            return invalid(
                    "Missing required parameter: 'messages'.",
                    "messages",
                    "missing_required_parameter");
        }
        if (messages.items().isEmpty()) {
            return invalid(
                    "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
                    "messages",
                    "empty_array");
        }
        for (int i = 0; i < messages.items().size(); i++) {
            var refusal = message(messages.at(i), "messages[" + i + "]");
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static @Nullable Refusal message(Json message, String where) {
        String role = message.get("role").text();
        if (!ROLES.contains(role)) {
            return invalid(
                    "Invalid value: '"
                            + role
                            + "'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and"
                            + " 'developer'.",
                    where + ".role",
                    "invalid_value");
        }
        Json content = message.get("content");
        boolean mayLack = role.equals("assistant") && !message.get("tool_calls").items().isEmpty();
        if (content.isNull() && !mayLack) {
            return invalid(
                    "Invalid value for 'content': expected a string, got null.",
                    where + ".content",
                    null);
        }
        if (content instanceof Json.Arr(var parts) && parts.isEmpty()) {
            return invalid(
                    "Invalid '"
                            + where
                            + ".content': empty array. Expected an array with minimum length 1, but got an empty"
                            + " array instead.",
                    where + ".content",
                    "empty_array");
        }
        return null;
    }

    /** Every call is answered by the tool messages right after it, and nothing else is answered. */
    private static @Nullable Refusal pairs(List<Json> messages) {
        var open = new LinkedHashSet<String>();
        boolean afterCalls = false;
        for (int i = 0; i < messages.size(); i++) {
            Json message = messages.get(i);
            if (message.get("role").text().equals("tool")) {
                if (!afterCalls || !open.remove(message.get("tool_call_id").text())) {
                    return orphan(i);
                }
            } else {
                if (!open.isEmpty()) {
                    return unanswered(open, i);
                }
                message.get("tool_calls").items().forEach(call -> open.add(call.get("id").text()));
                afterCalls = !open.isEmpty();
            }
        }
        return open.isEmpty() ? null : unanswered(open, messages.size());
    }

    private static Refusal orphan(int index) {
        return invalid(
                "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
                "messages.[" + index + "].role",
                null);
    }

    private static Refusal unanswered(Set<String> ids, int index) {
        return invalid(
                "An assistant message with 'tool_calls' must be followed by tool messages responding to each"
                        + " 'tool_call_id'. The following tool_call_ids did not have response messages: "
                        + String.join(", ", ids),
                "messages.[" + index + "].role",
                null);
    }

    private static @Nullable Refusal tools(List<Json> tools) {
        var names = new ArrayList<String>();
        for (int i = 0; i < tools.size(); i++) {
            Json function = tools.get(i).get("function");
            var refusal = tool(function, "tools[" + i + "].function", ".parameters");
            if (refusal != null) {
                return refusal;
            }
            names.add(function.get("name").text());
        }
        return twice(names);
    }

    static @Nullable Refusal twice(List<String> names) {
        return Set.copyOf(names).size() == names.size()
                ? null
                : invalid("Tool names must be unique.", "tools", "invalid_value");
    }

    static @Nullable Refusal tool(Json function, String where, String parameters) {
        String name = function.get("name").text();
        if (!name.matches("[a-zA-Z0-9_-]+")) {
            return invalid(
                    "Invalid '"
                            + where
                            + ".name': string does not match pattern. Expected a string that matches the pattern"
                            + " '^[a-zA-Z0-9_-]+$'.",
                    where + ".name",
                    "invalid_value");
        }
        if (name.length() > 64) {
            return invalid(
                    "Invalid '"
                            + where
                            + ".name': string too long. Expected a string with maximum length 64, but got a"
                            + " string with length "
                            + name.length()
                            + " instead.",
                    where + ".name",
                    "string_above_max_length");
        }
        String wrong =
                function.get("strict").asBoolean(false)
                        ? StrictSchema.wrong(function.get("parameters"))
                        : null;
        return wrong == null
                ? null
                : invalid(
                        "Invalid schema for function '" + name + "': " + wrong,
                        where + parameters,
                        "invalid_function_parameters");
    }

    private static @Nullable Refusal format(Ask ask) {
        Json format = ask.body().get("response_format");
        if (format.get("type").text().equals("json_object")) {
            return ask.said().stream()
                            .anyMatch(said ->
                                    said.text().toLowerCase(java.util.Locale.ROOT).contains("json"))
                    ? null
                    : invalid(
                            "'messages' must contain the word 'json' in some form, to use 'response_format' of type"
                                    + " 'json_object'.",
                            "messages",
                            null);
        }
        return format(format.get("json_schema"), "response_format", null);
    }

    static @Nullable Refusal format(Json named, String param, @Nullable String code) {
        if (named.isNull()) {
            return null;
        }
        String name = named.get("name").text();
        if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
            return invalid(
                    "Invalid '"
                            + param
                            + ".name': string does not match pattern. Expected a string that matches the pattern"
                            + " '^[a-zA-Z0-9_-]+$'.",
                    param + ".name",
                    "invalid_value");
        }
        String wrong =
                named.get("strict").asBoolean(false)
                        ? StrictSchema.wrong(named.get("schema"))
                        : null;
        return wrong == null
                ? null
                : invalid(
                        "Invalid schema for response_format '" + name + "': " + wrong, param, code);
    }

    private static @Nullable Refusal size(Ask ask, Limits limits) {
        long tokens = ask.inputTokens();
        return tokens <= limits.contextTokens()
                ? null
                : invalid(
                        "This model's maximum context length is "
                                + limits.contextTokens()
                                + " tokens. However, your messages"
                                + " resulted in "
                                + tokens
                                + " tokens. Please reduce the length of the messages.",
                        "messages",
                        "context_length_exceeded");
    }
}
