package dev.skein.testkit;

import static dev.skein.testkit.BedrockErrors.invalid;

import dev.skein.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Amazon Bedrock refuses on {@code converse}, from its API reference and its page on
 * structured output, and as the service did by autumn 2026: unknown models, settings outside their
 * ranges, tool names outside their pattern, schemas of tools that are no object's, blocks of tools
 * without declared tools, schemas of answers that allow other properties, more tokens than the
 * model reads; and, by {@link BedrockMessageRules}, conversations out of order.
 */
final class BedrockRules {
    private static final Set<String> UNSUPPORTED =
            Set.of(
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "multipleOf",
                    "minLength",
                    "maxLength",
                    "maxItems");

    private BedrockRules() {}

    static @Nullable Refusal check(Ask ask, Limits limits) {
        Json body = ask.body();
        return First.of(
                () ->
                        limits.unknownModels().contains(ask.model())
                                ? invalid("The provided model identifier is invalid.")
                                : null,
                () -> settings(body.get("inferenceConfig")),
                () -> system(body.get("system").items()),
                () -> BedrockMessageRules.check(body),
                () -> tools(body.get("toolConfig")),
                () -> format(body),
                () -> size(ask, limits));
    }

    private static @Nullable Refusal settings(Json settings) {
        for (var name : List.of("temperature", "topP")) {
            double value = settings.get(name).asDouble(0);
            if (value < 0 || value > 1) {
                return constraint("inferenceConfig." + name, "Member must be between 0 and 1");
            }
        }
        return !settings.get("maxTokens").isNull() && settings.get("maxTokens").asLong() < 1
                ? constraint(
                        "inferenceConfig.maxTokens",
                        "Member must have value greater than or equal to 1")
                : null;
    }

    private static Refusal constraint(String where, String what) {
        return invalid(
                "1 validation error detected: Value at '"
                        + where
                        + "' failed to satisfy constraint: "
                        + what);
    }

    private static @Nullable Refusal system(List<Json> blocks) {
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).get("text").text().isBlank()) {
                return invalid(
                        "The text field in the SystemContentBlock object at system."
                                + i
                                + " is blank. Add text to the text field, and try again.");
            }
        }
        return null;
    }

    private static @Nullable Refusal tools(Json config) {
        if (config.isNull()) {
            return null;
        }
        var tools = config.get("tools").items();
        if (tools.isEmpty()) {
            return constraint(
                    "toolConfig.tools", "Member must have length greater than or equal to 1");
        }
        var names = new HashSet<String>();
        for (int i = 0; i < tools.size(); i++) {
            var refusal = tool(tools.get(i).get("toolSpec"), "toolConfig.tools." + i, names);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static @Nullable Refusal tool(Json spec, String where, Set<String> names) {
        String name = spec.get("name").text();
        String at = where + ".member.toolSpec";
        if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
            return constraint(
                    at + ".name", "Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+");
        }
        if (!names.add(name)) {
            return invalid("The tool " + name + " is already defined at " + where + ".");
        }
        if (!spec.get("description").isNull() && spec.get("description").text().isEmpty()) {
            return constraint(
                    at + ".description", "Member must have length greater than or equal to 1");
        }
        return spec.path("/inputSchema/json/type").text().equals("object")
                ? null
                : invalid(
                        "The value at "
                                + where
                                + ".toolSpec.inputSchema.json.type must be one of the following: object.");
    }

    private static @Nullable Refusal format(Json body) {
        Json format = body.path("/outputConfig/textFormat");
        if (format.isNull()) {
            return null;
        }
        Json schema = BedrockConverse.schema(body);
        if (!format.get("type").text().equals("json_schema")
                || !(schema instanceof Json.Obj fields)) {
            return invalid("outputConfig.textFormat: a JSON schema as a text is required.");
        }
        String wrong = wrong(fields);
        return wrong == null ? null : invalid("output_config.format.schema: " + wrong);
    }

    /** What is wrong with the schema, or null. */
    private static @Nullable String wrong(Json schema) {
        String type = schema.get("type").text();
        if (type.equals("object") && schema.get("additionalProperties").asBoolean(true)) {
            return "For 'object' type, 'additionalProperties' must be explicitly set to false";
        }
        for (var field : schema.fields().entrySet()) {
            if (UNSUPPORTED.contains(field.getKey()) && field.getValue() instanceof Json.Num) {
                return "For '"
                        + type
                        + "' type, property '"
                        + field.getKey()
                        + "' is not supported";
            }
            var inner =
                    field.getValue() instanceof Json.Arr(var items)
                            ? items
                            : List.of(field.getValue());
            for (var one : inner) {
                String wrong = wrong(one);
                if (wrong != null) {
                    return wrong;
                }
            }
        }
        return null;
    }

    private static @Nullable Refusal size(Ask ask, Limits limits) {
        return ask.inputTokens() <= limits.contextTokens()
                ? null
                : invalid("Input is too long for requested model.");
    }
}
