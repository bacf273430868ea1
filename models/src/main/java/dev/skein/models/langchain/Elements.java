package dev.skein.models.langchain;

import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.skein.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A schema in LangChain4j's own elements, which all its providers understand for tools; schemas as
 * they are and references are not. References are replaced by what they mean, and end in free text
 * where they return to themselves. What the elements cannot say goes into the description.
 */
record Elements(Json root) {
    private static final int DEEPEST = 12;
    private static final List<String> REMARKS =
            List.of(
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "multipleOf",
                    "minLength",
                    "maxLength",
                    "pattern",
                    "minItems",
                    "maxItems",
                    "uniqueItems",
                    "format",
                    "contentEncoding");

    static JsonObjectSchema object(Json schema) {
        return new Elements(schema).object(schema, 0);
    }

    private JsonSchemaElement element(Json schema, int depth) {
        if (depth > DEEPEST) return JsonStringSchema.builder().build();
        if (schema.get("$ref") instanceof Json.Text(var reference))
            return element(root.path(reference.substring(1)), depth + 1);
        var constants =
                schema.fields().containsKey("const")
                        ? List.of(schema.get("const"))
                        : schema.get("enum").items();
        if (!constants.isEmpty() && constants.stream().allMatch(Json.Text.class::isInstance)) {
            return JsonEnumSchema.builder()
                    .enumValues(constants.stream().map(Json::text).toList())
                    .description(description(schema))
                    .build();
        }
        var alternatives =
                schema.get("anyOf").items().isEmpty()
                        ? schema.get("oneOf").items()
                        : schema.get("anyOf").items();
        if (!alternatives.isEmpty()) {
            return JsonAnyOfSchema.builder()
                    .anyOf(alternatives.stream().map(one -> element(one, depth + 1)).toList())
                    .description(description(schema))
                    .build();
        }
        return plain(schema, depth);
    }

    private JsonSchemaElement plain(Json schema, int depth) {
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" ->
                    JsonArraySchema.builder()
                            .items(element(schema.get("items"), depth + 1))
                            .description(description(schema))
                            .build();
            case "integer" -> JsonIntegerSchema.builder().description(description(schema)).build();
            case "number" -> JsonNumberSchema.builder().description(description(schema)).build();
            case "boolean" -> JsonBooleanSchema.builder().description(description(schema)).build();
            case "null" -> new JsonNullSchema();
            default -> JsonStringSchema.builder().description(description(schema)).build();
        };
    }

    private JsonObjectSchema object(Json schema, int depth) {
        Map<String, JsonSchemaElement> properties = new LinkedHashMap<>();
        schema.get("properties")
                .fields()
                .forEach((name, property) -> properties.put(name, element(property, depth + 1)));
        return JsonObjectSchema.builder()
                .addProperties(properties)
                .required(schema.get("required").items().stream().map(Json::text).toList())
                .additionalProperties(
                        schema.get("additionalProperties") instanceof Json.Bool(var open)
                                ? open
                                : null)
                .description(description(schema))
                .build();
    }

    private static String type(Json schema) {
        var type = schema.get("type");
        return type.text(
                type.items().stream()
                        .map(Json::text)
                        .filter(one -> !one.equals("null"))
                        .findFirst()
                        .orElse(""));
    }

    private static @Nullable String description(Json schema) {
        var remarks = new TreeSet<String>();
        for (var keyword : REMARKS) {
            var value = schema.get(keyword);
            if (!value.isNull()) remarks.add(keyword + " " + value.text(value.canonical()));
        }
        var text = schema.get("description").text();
        if (remarks.isEmpty()) return text.isEmpty() ? null : text;
        var remark = String.join(", ", remarks);
        return text.isEmpty() ? remark : text + " (" + remark + ")";
    }
}
