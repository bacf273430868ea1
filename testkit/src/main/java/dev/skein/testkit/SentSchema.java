package dev.skein.testkit;

import dev.skein.json.Decoded;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema that a provider was sent, and a value put into the form that it asks for, as a
 * provider that obeys it would: what may be absent is null where all must be there, and what is no
 * object is in one.
 */
final class SentSchema {
    private static final List<String> PLACES =
            List.of(
                    "/response_format/json_schema/schema",
                    "/text/format/schema",
                    "/output_config/format/schema",
                    "/output_format/schema",
                    "/generationConfig/responseJsonSchema",
                    "/generationConfig/responseSchema",
                    "/format");

    private SentSchema() {}

    /** JSON's null if none was sent. */
    static Json of(Seen seen) {
        for (var place : PLACES)
            if (seen.body().path(place) instanceof Json.Obj schema) return schema;
        return BedrockConverse.schema(seen.body());
    }

    /**
     * The text of that value for this request; as it is where no schema was sent that it can fit.
     */
    static String fit(Seen seen, Json value) {
        var schema = of(seen);
        if (schema.isNull()) return value.canonical();
        var type = JsonType.schema(schema);
        for (var form : forms(schema, value))
            if (type.decode(form) instanceof Decoded.Ok<Json>) return form.canonical();
        return value.canonical();
    }

    private static List<Json> forms(Json schema, Json value) {
        var forms = new ArrayList<>(List.of(value, filled(schema, schema, value)));
        var properties = schema.get("properties").fields();
        properties.forEach((name, inner) -> {
            forms.add(Json.object(name, value));
            forms.add(Json.object(name, filled(schema, inner, value)));
        });
        return forms;
    }

    /** With null for each property that the schema knows and the value has not. */
    private static Json filled(Json root, Json node, Json value) {
        var schema = followed(root, node);
        return switch (value) {
            case Json.Obj object -> {
                var full = object;
                for (var property : schema.get("properties").fields().entrySet()) {
                    var name = property.getKey();
                    full = full.with(name, filled(root, property.getValue(), object.get(name)));
                }
                yield full;
            }
            case Json.Arr(var items) ->
                    Json.array(
                            items.stream()
                                    .map(item -> filled(root, schema.get("items"), item))
                                    .toList());
            case Json other -> other;
        };
    }

    private static Json followed(Json root, Json node) {
        var reference = node.get("$ref").text();
        return reference.startsWith("#") ? root.path(reference.substring(1)) : node;
    }
}
