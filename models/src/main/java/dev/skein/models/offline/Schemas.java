package dev.skein.models.offline;

import dev.skein.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Finds its way through a JSON Schema. */
final class Schemas {
    private static final String REFERENCE = "\"$ref\"";

    private Schemas() {}

    /** What a reference within the schema means; JSON's null for one that leads outside. */
    static Json follow(Json root, String reference) {
        return reference.startsWith("#") ? root.path(reference.substring(1)) : Json.nothing();
    }

    static List<Json> alternatives(Json schema) {
        var any = schema.get("anyOf").items();
        return any.isEmpty() ? schema.get("oneOf").items() : any;
    }

    /** How much of the schema is elsewhere: few references end a recursion sooner. */
    static int references(Json root, Json schema) {
        var at =
                schema.get("$ref") instanceof Json.Text(var reference)
                        ? follow(root, reference)
                        : schema;
        var text = at.canonical();
        int count = 0;
        for (int from = text.indexOf(REFERENCE);
                from >= 0;
                from = text.indexOf(REFERENCE, from + 1)) count++;
        return count;
    }

    /**
     * All parts of an {@code allOf} as one schema; of keywords that occur twice the later wins, but
     * properties add up.
     */
    static Json merged(Json root, Json schema) {
        var merged = new LinkedHashMap<>(schema.fields());
        merged.remove("allOf");
        for (var part : schema.get("allOf").items()) {
            var at =
                    part.get("$ref") instanceof Json.Text(var reference)
                            ? follow(root, reference)
                            : part;
            at.fields().forEach((key, value) -> merged.merge(key, value, Schemas::both));
        }
        return new Json.Obj(merged);
    }

    private static Json both(Json first, Json second) {
        if (first instanceof Json.Obj(var some) && second instanceof Json.Obj(var more)) {
            var all = new LinkedHashMap<>(some);
            all.putAll(more);
            return new Json.Obj(all);
        }
        if (!(first instanceof Json.Arr(var some) && second instanceof Json.Arr(var more)))
            return second;
        var all = new ArrayList<>(some);
        all.addAll(more);
        return new Json.Arr(all);
    }
}
