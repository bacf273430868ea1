package dev.skein.testkit;

import dev.skein.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a model without a script answers: never the same twice, always what the schema wants. */
final class Usual {
    private final String unique;
    private final Json root;

    private Usual(String unique, Json root) {
        this.unique = unique;
        this.root = root;
    }

    static Reply reply(Ask ask, int number, String unique) {
        if (ask.schema().isNull()) {
            return Reply.text(
                    "Answer " + number + " (" + unique + "): honk, says the goose, grüß Gott. 🪿");
        }
        return Reply.text(new Usual(unique, ask.schema()).value(ask.schema(), 0).canonical());
    }

    private Json value(Json schema, int depth) {
        Json reference = schema.get("$ref");
        if (!reference.isNull()) {
            return value(root.path(reference.text().replaceFirst("^#", "")), depth);
        }
        for (var chosen : List.of(schema.get("const"), schema.path("/enum/0"))) {
            if (!chosen.isNull()) {
                return chosen;
            }
        }
        for (var variants : List.of(schema.get("anyOf"), schema.get("oneOf"))) {
            if (!variants.items().isEmpty()) {
                // Recursion ends, if at all, in the last variant.
                return value(depth > 4 ? variants.items().getLast() : variants.at(0), depth + 1);
            }
        }
        return byType(schema, depth);
    }

    private Json byType(Json schema, int depth) {
        Json type = schema.get("type");
        return switch (type.text(type.at(0).text())) {
            case "object", "OBJECT" -> object(schema, depth);
            case "array", "ARRAY" -> array(schema, depth);
            case "string", "STRING" -> text(schema);
            case "integer", "INTEGER", "number", "NUMBER" -> number(schema);
            case "boolean", "BOOLEAN" -> Json.of(true);
            default -> schema.get("properties").isNull() ? Json.nothing() : object(schema, depth);
        };
    }

    private Json object(Json schema, int depth) {
        var required = schema.get("required").items();
        var object = Json.object();
        for (Map.Entry<String, Json> field : schema.get("properties").fields().entrySet()) {
            if (depth < 4 || required.contains(new Json.Text(field.getKey()))) {
                object = object.with(field.getKey(), value(field.getValue(), depth + 1));
            }
        }
        return object;
    }

    private Json array(Json schema, int depth) {
        var items = new ArrayList<Json>();
        long least = schema.get("minItems").asLong(depth < 4 ? 1 : 0);
        for (long i = 0; i < least; i++) {
            items.add(value(schema.get("items"), depth + 1));
        }
        return Json.array(items);
    }

    private Json text(Json schema) {
        String text =
                switch (schema.get("format").text()) {
                    case "date-time" -> "2026-01-01T00:00:00Z";
                    case "date" -> "2026-01-01";
                    case "time" -> "12:00:00";
                    case "duration" -> "PT1M";
                    case "uuid" -> "00000000-0000-4000-8000-000000000001";
                    case "uri" -> "https://example.org/" + unique;
                    case "byte" -> "";
                    default -> "honk " + unique;
                };
        int most = (int) schema.get("maxLength").asLong(Integer.MAX_VALUE);
        int least = (int) schema.get("minLength").asLong(0);
        return Json.of(
                text.substring(0, Math.min(most, text.length()))
                        + "x".repeat(Math.max(0, least - text.length())));
    }

    private static Json number(Json schema) {
        for (var bound : List.of(schema.get("minimum"), schema.get("maximum"))) {
            if (!bound.isNull()) {
                return bound;
            }
        }
        return Json.of(7);
    }
}
