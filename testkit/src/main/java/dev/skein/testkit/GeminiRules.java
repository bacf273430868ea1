package dev.skein.testkit;

import static dev.skein.testkit.GeminiErrors.invalid;

import dev.skein.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Gemini refuses, from its API reference and its pages on function calling and structured
 * output as of March 2026: fields that it does not know, nothing to answer, roles other than user
 * and model, parts without content, calls that do not follow a turn of the user or their results
 * that do not follow at once and in the same number, tool names outside their pattern, schemas of
 * tools in words that are not of its own, a schema of the answer without its type, more than five
 * stops, more tokens than the model reads.
 */
final class GeminiRules {
    private static final Set<String> FIELDS =
            Set.of(
                    "contents",
                    "systemInstruction",
                    "tools",
                    "toolConfig",
                    "generationConfig",
                    "safetySettings",
                    "cachedContent",
                    "model");
    private static final Set<String> SETTINGS =
            Set.of(
                    "candidateCount",
                    "stopSequences",
                    "maxOutputTokens",
                    "temperature",
                    "topP",
                    "topK",
                    "seed",
                    "presencePenalty",
                    "frequencyPenalty",
                    "responseMimeType",
                    "responseSchema",
                    "responseJsonSchema",
                    "responseModalities",
                    "responseLogprobs",
                    "logprobs",
                    "thinkingConfig",
                    "mediaResolution",
                    "speechConfig",
                    "imageConfig",
                    "enableEnhancedCivicAnswers");
    private static final Set<String> SCHEMA =
            Set.of(
                    "type",
                    "format",
                    "title",
                    "description",
                    "nullable",
                    "enum",
                    "maxItems",
                    "minItems",
                    "properties",
                    "required",
                    "minProperties",
                    "maxProperties",
                    "minLength",
                    "maxLength",
                    "pattern",
                    "example",
                    "anyOf",
                    "propertyOrdering",
                    "default",
                    "items",
                    "minimum",
                    "maximum");
    private static final int MOST_STOPS = 5;

    private GeminiRules() {}

    static @Nullable Refusal check(Ask ask, Limits limits) {
        Json body = ask.body();
        return First.of(
                () -> known(body, FIELDS, ""),
                () -> known(body.get("generationConfig"), SETTINGS, "generation_config"),
                () ->
                        limits.unknownModels().contains(ask.model())
                                ? GeminiErrors.noModel(ask.model())
                                : null,
                () -> contents(body.get("contents").items()),
                () -> turns(body.get("contents").items()),
                () -> signatures(ask),
                () -> tools(body.get("tools").items()),
                () -> settings(ask),
                () -> size(ask, limits));
    }

    private static @Nullable Refusal known(Json object, Set<String> names, String where) {
        for (var name : object.fields().keySet()) {
            if (!names.contains(name)) {
                return unknown(name, where);
            }
        }
        return null;
    }

    private static Refusal unknown(String name, String where) {
        String place = where.isEmpty() ? "" : " at '" + where + "'";
        return invalid(
                "Invalid JSON payload received. Unknown name \""
                        + name
                        + "\""
                        + place
                        + ": Cannot find field.");
    }

    private static @Nullable Refusal contents(List<Json> contents) {
        if (contents.isEmpty()) {
            return invalid("* GenerateContentRequest.contents: contents is not specified\n");
        }
        for (int i = 0; i < contents.size(); i++) {
            String where = "* GenerateContentRequest.contents[" + i + "].parts";
            var parts = contents.get(i).get("parts").items();
            if (!Set.of("user", "model", "").contains(contents.get(i).get("role").text())) {
                return invalid("Please use a valid role: user, model.");
            }
            if (parts.isEmpty()) {
                return invalid(where + ": contents.parts must not be empty.\n");
            }
            for (int j = 0; j < parts.size(); j++) {
                if (isEmpty(parts.get(j))) {
                    return invalid(
                            where
                                    + "["
                                    + j
                                    + "].data: required oneof field 'data' must have one initialized field\n");
                }
            }
        }
        return null;
    }

    private static boolean isEmpty(Json part) {
        var data = new HashSet<>(part.fields().keySet());
        data.removeAll(Set.of("thought", "thoughtSignature"));
        return data.isEmpty()
                || (part.get("text") instanceof Json.Text(var text) && text.isEmpty());
    }

    private static @Nullable Refusal turns(List<Json> contents) {
        List<String> open = List.of();
        String before = "";
        for (var content : contents) {
            var calls = names(content, "functionCall");
            var results = names(content, "functionResponse");
            if (!calls.isEmpty() && !before.equals("user")) {
                return invalid(
                        "Please ensure that function call turn comes immediately after a user turn or after a function"
                                + " response turn.");
            }
            if (!results.isEmpty() && open.isEmpty()) {
                return invalid(
                        "Please ensure that function response turn comes immediately after a function call turn.");
            }
            if (open.size() != results.size() || !open.containsAll(results)) {
                return invalid(
                        "Please ensure that the number of function response parts is equal to the number of function call"
                                + " parts of the function call turn.");
            }
            open = calls;
            before = content.get("role").text("user");
        }
        return null;
    }

    /** From Google's page on thought signatures, November 2026. */
    static boolean signs(String model) {
        return model.matches("gemini-[3-9][.-].*");
    }

    /** The first call of every turn since the user last said something. */
    private static @Nullable Refusal signatures(Ask ask) {
        if (!signs(ask.model())) return null;
        for (var content : ask.body().get("contents").items().reversed()) {
            if (!names(content, "functionCall").isEmpty() && !isSigned(content))
                return invalid(
                        "Function call is missing a thought_signature in functionCall parts.");
            boolean said =
                    content.get("parts").items().stream()
                            .anyMatch(part -> !part.get("text").isNull());
            if (said && !content.get("role").text().equals("model")) return null;
        }
        return null;
    }

    private static boolean isSigned(Json content) {
        return content.get("parts").items().stream()
                .filter(part -> !part.get("functionCall").isNull())
                .findFirst()
                .map(part -> !part.get("thoughtSignature").text().isEmpty())
                .orElse(true);
    }

    private static List<String> names(Json content, String kind) {
        var names = new ArrayList<String>();
        for (var part : content.get("parts").items()) {
            if (!part.get(kind).isNull()) {
                names.add(part.get(kind).get("name").text());
            }
        }
        return names;
    }

    private static @Nullable Refusal tools(List<Json> tools) {
        var names = new HashSet<String>();
        for (var tool : tools) {
            for (var declared : tool.get("functionDeclarations").items()) {
                String name = declared.get("name").text();
                if (!name.matches("[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}")) {
                    return invalid(
                            "* GenerateContentRequest.tools[0].function_declarations[0].name: [FIELD_INVALID] Invalid"
                                    + " function name. Must start with a letter or an underscore.\n");
                }
                if (!names.add(name)) {
                    return invalid("Duplicate function declaration found: " + name);
                }
                var refusal = schema(declared.get("parameters"), "parameters");
                if (refusal != null) {
                    return refusal;
                }
            }
        }
        return null;
    }

    private static @Nullable Refusal schema(Json schema, String where) {
        var refusal = known(schema, SCHEMA, "tools[0].function_declarations[0]." + where);
        boolean object = schema.get("type").text().equalsIgnoreCase("object");
        if (refusal == null && object && schema.get("properties").fields().isEmpty()) {
            refusal =
                    invalid(
                            "* GenerateContentRequest.tools[0].function_declarations[0]."
                                    + where
                                    + ".properties: should be non-empty for OBJECT type\n");
        }
        for (var property : schema.get("properties").fields().entrySet()) {
            refusal =
                    refusal != null
                            ? refusal
                            : schema(
                                    property.getValue(),
                                    where + ".properties[" + property.getKey() + "]");
        }
        for (var variant : schema.get("anyOf").items()) {
            refusal = refusal != null ? refusal : schema(variant, where + ".any_of");
        }
        return refusal != null ? refusal : schemaOfItems(schema.get("items"), where);
    }

    private static @Nullable Refusal schemaOfItems(Json items, String where) {
        return items.isNull() ? null : schema(items, where + ".items");
    }

    private static @Nullable Refusal settings(Ask ask) {
        Json settings = ask.body().get("generationConfig");
        boolean json = settings.get("responseMimeType").text().equals("application/json");
        double temperature = settings.get("temperature").asDouble(0);
        if (!ask.schema().isNull() && !json) {
            return invalid("Schema is only supported when response_mime_type is application/json.");
        }
        if (json && !ask.tools().isEmpty() && ask.model().matches("gemini-[12][.-].*")) {
            return invalid(
                    "Function calling with a response mime type: 'application/json' is unsupported");
        }
        if (settings.get("stopSequences").items().size() > MOST_STOPS) {
            return invalid(
                    "* GenerateContentRequest.generation_config.stop_sequences: at most 5 are supported\n");
        }
        return temperature < 0 || temperature > 2
                ? invalid(
                        "* GenerateContentRequest.generation_config.temperature: must be in the range [0.0, 2.0]\n")
                : null;
    }

    private static @Nullable Refusal size(Ask ask, Limits limits) {
        long tokens = ask.inputTokens();
        return tokens <= limits.contextTokens()
                ? null
                : invalid(
                        "The input token count ("
                                + tokens
                                + ") exceeds the maximum number of tokens allowed ("
                                + limits.contextTokens()
                                + ").");
    }
}
