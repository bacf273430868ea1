package dev.skein.testkit;

import dev.skein.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** OpenAI's rules for schemas that it promises to keep: nothing optional, nothing besides. */
final class StrictSchema {
    private StrictSchema() {}

    /** What OpenAI says is wrong with the schema, or null. */
    static @Nullable String wrong(Json schema) {
        if (!isObject(schema)) {
            return "schema must be a JSON Schema of 'type: \"object\"', got 'type: \""
                    + schema.get("type").text("None")
                    + "\"'.";
        }
        return wrong(schema, List.of());
    }

    private static @Nullable String wrong(Json schema, List<String> path) {
        String here = "In context=" + tuple(path) + ", ";
        if (isObject(schema)) {
            if (schema.get("additionalProperties").asBoolean(true)) {
                return here + "'additionalProperties' is required to be supplied and to be false.";
            }
            var required = schema.get("required").items().stream().map(Json::text).toList();
            for (var name : schema.get("properties").fields().keySet()) {
                if (!required.contains(name)) {
                    return here
                            + "'required' is required to be supplied and to be an array including every key in"
                            + " properties. Missing '"
                            + name
                            + "'.";
                }
            }
        }
        return inside(schema, path);
    }

    private static @Nullable String inside(Json schema, List<String> path) {
        for (var group : List.of("properties", "$defs", "definitions")) {
            for (var field : schema.get(group).fields().entrySet()) {
                String wrong = wrong(field.getValue(), plus(path, group, field.getKey()));
                if (wrong != null) {
                    return wrong;
                }
            }
        }
        var variants = schema.get("anyOf").items();
        for (int i = 0; i < variants.size(); i++) {
            String wrong = wrong(variants.get(i), plus(path, "anyOf", Integer.toString(i)));
            if (wrong != null) {
                return wrong;
            }
        }
        return schema.get("items").isNull()
                ? null
                : wrong(schema.get("items"), plus(path, "items"));
    }

    private static boolean isObject(Json schema) {
        Json type = schema.get("type");
        return type.text().equals("object")
                || type.items().stream().anyMatch(one -> one.text().equals("object"))
                || schema.fields().containsKey("properties");
    }

    private static List<String> plus(List<String> path, String... more) {
        var longer = new ArrayList<>(path);
        longer.addAll(List.of(more));
        return longer;
    }

    /** A tuple as Python writes it, which is what the provider shows. */
    private static String tuple(List<String> path) {
        String inner =
                path.stream().map(part -> "'" + part + "'").collect(Collectors.joining(", "));
        return "(" + inner + (path.size() == 1 ? ",)" : ")");
    }
}
