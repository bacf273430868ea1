package dev.skein.testkit;

import dev.skein.json.Json;
import java.util.List;
import java.util.Map;

/** The same question in the words of each wire. */
final class Requests {
    private Requests() {}

    static final Json SCHEMA =
            Json.object(
                    "type",
                    "object",
                    "properties",
                    Json.object("city", Json.object("type", "string")),
                    "required",
                    List.of("city"),
                    "additionalProperties",
                    false);

    static Json.Obj openai(boolean stream) {
        return Json.object(
                "model",
                "gpt-test",
                "stream",
                stream,
                "stream_options",
                stream ? Json.object("include_usage", true) : null,
                "messages",
                List.of(message("user", "Is it warm in Paris?")));
    }

    static Json.Obj anthropic(boolean stream) {
        return Json.object(
                "model",
                "claude-test",
                "stream",
                stream,
                "max_tokens",
                1000,
                "messages",
                List.of(message("user", "Is it warm in Paris?")));
    }

    static Json.Obj message(String role, Object content) {
        return Json.object("role", role, "content", content);
    }

    static Json.Obj openaiTool(String name) {
        var function =
                Json.object(
                        "name",
                        name,
                        "description",
                        "looks out",
                        "parameters",
                        SCHEMA,
                        "strict",
                        true);
        return Json.object("type", "function", "function", function);
    }

    static Json.Obj openaiCall(String id) {
        var function = Json.object("name", "weather", "arguments", "{\"city\":\"Paris\"}");
        return Json.object(
                "role",
                "assistant",
                "content",
                null,
                "tool_calls",
                List.of(Json.object("id", id, "type", "function", "function", function)));
    }

    static Json.Obj openaiResult(String id) {
        return Json.object("role", "tool", "tool_call_id", id, "content", "22 degrees");
    }

    static Json.Obj anthropicCall(String id) {
        return message(
                "assistant",
                List.of(
                        Map.of(
                                "type",
                                "tool_use",
                                "id",
                                id,
                                "name",
                                "weather",
                                "input",
                                Map.of("city", "Paris"))));
    }

    static Json.Obj anthropicResult(String id) {
        return message(
                "user",
                List.of(Map.of("type", "tool_result", "tool_use_id", id, "content", "22 degrees")));
    }
}
