package dev.skein.testkit;

import static dev.skein.testkit.AnthropicErrors.invalid;

import dev.skein.json.Json;
import dev.skein.testkit.loop.HttpRequest;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Anthropic refuses on {@code /v1/messages}, from its API reference and its pages on tool use
 * and structured outputs as of March 2026: no version header, no model or {@code max_tokens}, roles
 * other than user and assistant, a first message that is not the user's, empty or blank text, calls
 * and results that are not in neighboring messages, ids and tool names outside their patterns,
 * schemas of answers that allow other properties or use limits that it does not know, more tokens
 * than the model reads. Messages of one role in a row are put together, as it does.
 */
final class AnthropicRules {
    private AnthropicRules() {}

    static @Nullable Refusal unauthorized(HttpRequest request, String key) {
        String given = request.header("x-api-key").orElse("");
        if (given.isEmpty()) {
            return AnthropicErrors.of(401, "authentication_error", "x-api-key header is required");
        }
        if (!given.equals(key)) {
            return AnthropicErrors.problem(401, "");
        }
        return request.header("anthropic-version").orElse("").isEmpty()
                ? invalid("anthropic-version: header is required")
                : null;
    }

    static @Nullable Refusal check(Ask ask, Limits limits) {
        Json body = ask.body();
        return First.of(
                () -> settings(body),
                () ->
                        limits.unknownModels().contains(ask.model())
                                ? AnthropicErrors.of(
                                        404, "not_found_error", "model: " + ask.model())
                                : null,
                () -> newest(ask.model(), body),
                () -> tools(body.get("tools").items()),
                () -> format(body.path("/output_config/format/schema")),
                () -> AnthropicMessageRules.check(body),
                () -> size(ask, limits));
    }

    private static @Nullable Refusal settings(Json body) {
        for (var name : List.of("model", "max_tokens", "messages")) {
            if (body.get(name).isNull()) {
                return invalid(name + ": Field required");
            }
        }
        if (body.get("max_tokens").asLong() < 1) {
            return invalid("max_tokens: Input should be greater than or equal to 1");
        }
        double temperature = body.get("temperature").asDouble(0);
        return temperature < 0 || temperature > 1 ? invalid("temperature: range: 0..1") : null;
    }

    /** From its guide to migrating to Claude Sonnet 5.5, November 2026. */
    private static @Nullable Refusal newest(String model, Json body) {
        if (!model.matches("claude-(fable|opus|sonnet|haiku)-5.*")) return null;
        for (var name : List.of("temperature", "top_p", "top_k")) {
            if (!body.get(name).isNull()) return invalid(name + ": not supported on this model");
        }
        var thinking = body.path("/thinking/type").text();
        return thinking.isEmpty() || thinking.equals("adaptive") || thinking.equals("between_tools")
                ? null
                : invalid("thinking.type: use adaptive or between_tools on this model");
    }

    private static @Nullable Refusal tools(List<Json> tools) {
        var names = new HashSet<String>();
        for (int i = 0; i < tools.size(); i++) {
            Json tool = tools.get(i);
            String where = "tools." + i + ".custom.";
            String name = tool.get("name").text();
            boolean theirs =
                    !tool.get("type").isNull() && !tool.get("type").text().equals("custom");
            if (!theirs && !name.matches("[a-zA-Z0-9_-]{1,128}")) {
                return invalid(
                        where + "name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'");
            }
            if (!theirs && !tool.path("/input_schema/type").text().equals("object")) {
                return invalid(where + "input_schema.type: Field required");
            }
            if (!names.add(name)) {
                return invalid("tools: Tool names must be unique.");
            }
        }
        return null;
    }

    private static @Nullable Refusal format(Json schema) {
        if (schema.text().isEmpty() && schema.fields().isEmpty()) {
            return null;
        }
        String wrong = wrong(schema);
        return wrong == null ? null : invalid("output_config.format.schema: " + wrong);
    }

    private static @Nullable String wrong(Json schema) {
        String type = schema.get("type").text();
        if (type.equals("object") && schema.get("additionalProperties").asBoolean(true)) {
            return "For 'object' type, 'additionalProperties' must be explicitly set to false";
        }
        var unknown = new LinkedHashSet<>(schema.fields().keySet());
        unknown.retainAll(
                Set.of("minimum", "maximum", "multipleOf", "minLength", "maxLength", "maxItems"));
        if (!unknown.isEmpty()) {
            return "For '"
                    + type
                    + "' type, properties "
                    + String.join(", ", unknown)
                    + " are not supported";
        }
        for (var inner : schema.fields().values()) {
            String wrong = inner instanceof Json.Arr(var items) ? any(items) : wrong(inner);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static @Nullable String any(List<Json> schemas) {
        for (var schema : schemas) {
            String wrong = wrong(schema);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static @Nullable Refusal size(Ask ask, Limits limits) {
        long tokens = ask.inputTokens();
        long most = limits.contextTokens();
        long wanted = ask.body().get("max_tokens").asLong();
        if (tokens > most) {
            return invalid("prompt is too long: " + tokens + " tokens > " + most + " maximum");
        }
        return tokens + wanted <= most
                ? null
                : invalid(
                        "input length and `max_tokens` exceed context limit: "
                                + tokens
                                + " + "
                                + wanted
                                + " > "
                                + most
                                + ", decrease input length or `max_tokens` and try again");
    }
}
