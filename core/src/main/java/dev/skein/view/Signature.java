package dev.skein.view;

import dev.skein.json.Json;
import java.util.LinkedHashSet;
import java.util.stream.Collectors;

/** How an endpoint or a tool is called, on one line. */
public final class Signature {
    private static final int DEEPEST = 4;

    private Signature() {}

    /**
     * Like {@code add_task(spec: string, color: red|blue, priority: integer = 0, note?: string)}.
     *
     * @param schema of the arguments, an object
     */
    public static String of(String name, Json schema) {
        var required =
                schema.get("required").items().stream().map(Json::text).collect(Collectors.toSet());
        return resolved(schema, schema).get("properties").fields().entrySet().stream()
                .map(property -> {
                    var value = property.getValue();
                    return parameter(
                            property.getKey(),
                            type(value, schema, 0),
                            value.get("default"),
                            required.contains(property.getKey()));
                })
                .collect(Collectors.joining(", ", name + "(", ")"));
    }

    private static String parameter(String name, String type, Json standard, boolean required) {
        if (!standard.isNull()) return name + ": " + type + " = " + standard.canonical();
        return name + (required ? ": " : "?: ") + type;
    }

    private static String type(Json schema, Json root, int depth) {
        if (depth > DEEPEST) return "any";
        var here = resolved(schema, root);
        if (!here.get("enum").items().isEmpty()) return anyOf(here.get("enum").items());
        if (here.fields().containsKey("const")) return word(here.get("const"));
        for (var several : new String[] {"anyOf", "oneOf"})
            if (!here.get(several).items().isEmpty()) return union(here.get(several), root, depth);
        return plain(here, root, depth);
    }

    private static String plain(Json schema, Json root, int depth) {
        var type = schema.get("type");
        if (!type.items().isEmpty())
            return type.items().stream()
                    .map(Json::text)
                    .filter(one -> !one.equals("null"))
                    .collect(Collectors.joining("|"));
        return switch (type.text()) {
            case "" -> "any";
            case "array" -> {
                var item = type(schema.get("items"), root, depth + 1);
                yield (item.contains("|") ? "(" + item + ")" : item) + "[]";
            }
            case String one -> one;
        };
    }

    private static String union(Json schemas, Json root, int depth) {
        var types = new LinkedHashSet<String>();
        for (var one : schemas.items()) types.add(type(one, root, depth + 1));
        types.remove("null");
        return String.join("|", types);
    }

    private static String anyOf(Iterable<Json> values) {
        var words = new LinkedHashSet<String>();
        for (var value : values) if (!value.isNull()) words.add(word(value));
        return String.join("|", words);
    }

    private static String word(Json value) {
        return value instanceof Json.Text(var text) ? text : value.canonical();
    }

    private static Json resolved(Json schema, Json root) {
        var reference = schema.get("$ref").text();
        return reference.startsWith("#/") ? root.path(reference.substring(1)) : schema;
    }
}
