package dev.skein.models.offline;

import dev.skein.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes up values that fit a JSON Schema. Recursion ends because deep down what may be left out is
 * left out, and of several alternatives the one with the fewest references is tried first.
 */
final class Sample {
    private static final int DEEP = 3;
    private static final int TOO_DEEP = 24;
    private static final String REFERENCE = "$ref";

    private final Json root;
    private final Draw draw;
    private final Words words;

    private Sample(Json root, Draw draw) {
        this.root = root;
        this.draw = draw;
        this.words = new Words(draw);
    }

    /** A value that fits, as far as the schema can be understood. */
    static Json of(Json schema, long seed, int variant) {
        var value = new Sample(schema, new Draw(seed, variant)).value(schema, "value", 0);
        return value == null ? Json.nothing() : value;
    }

    /** Null if this leads too deep. */
    private @Nullable Json value(Json schema, String name, int depth) {
        if (depth > TOO_DEEP) return null;
        if (schema.get(REFERENCE) instanceof Json.Text(var reference)) {
            return value(Schemas.follow(root, reference), name, depth + 1);
        }
        if (schema.fields().containsKey("const")) return schema.get("const");
        var constants = schema.get("enum").items();
        if (!constants.isEmpty()) return constants.get(draw.one(constants.size()));
        var alternatives = Schemas.alternatives(schema);
        if (!alternatives.isEmpty()) return oneOf(alternatives, name, depth);
        if (schema.get("allOf") instanceof Json.Arr)
            return value(Schemas.merged(root, schema), name, depth + 1);
        return plain(schema, name, depth);
    }

    private @Nullable Json plain(Json schema, String name, int depth) {
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, name, depth);
            case "integer" ->
                    new Json.Num(
                            multiple(
                                            schema,
                                            draw.number(Bounds.of(schema, true))
                                                    .setScale(0, RoundingMode.FLOOR))
                                    .toString());
            case "number" ->
                    new Json.Num(shown(multiple(schema, draw.number(Bounds.of(schema, false)))));
            case "boolean" -> Json.of(draw.truth());
            case "null" -> Json.nothing();
            default -> Json.of(words.text(schema, name));
        };
    }

    private @Nullable Json oneOf(List<Json> alternatives, String name, int depth) {
        var full =
                alternatives.stream()
                        .filter(one -> !one.get("type").text().equals("null"))
                        .toList();
        if (full.isEmpty()
                || (full.size() < alternatives.size() && (!draw.present() || depth > DEEP)))
            return Json.nothing();
        if (depth <= DEEP) {
            var chosen = value(full.get(draw.one(full.size())), name, depth + 1);
            if (chosen != null) return chosen;
        }
        return full.stream()
                .sorted(Comparator.comparingInt(one -> Schemas.references(root, one)))
                .map(one -> value(one, name, depth + 1))
                .filter(value -> value != null)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Json object(Json schema, int depth) {
        var required = new LinkedHashSet<String>();
        for (var name : schema.get("required").items()) required.add(name.text());
        var fields = new LinkedHashMap<String, Json>();
        for (var property : schema.get("properties").fields().entrySet()) {
            var name = property.getKey();
            if (!required.contains(name) && (depth > DEEP || !draw.present())) continue;
            var value = value(property.getValue(), name, depth + 1);
            if (value != null) fields.put(name, value);
            else if (required.contains(name)) return null;
        }
        return entries(schema, fields, depth) ? new Json.Obj(fields) : null;
    }

    /** Adds what an open map needs, and one entry to a map that has nothing else. */
    private boolean entries(Json schema, Map<String, Json> fields, int depth) {
        var entry = schema.get("additionalProperties");
        int least = (int) schema.get("minProperties").asLong(0);
        boolean wanted =
                fields.isEmpty() && depth <= DEEP && entry instanceof Json.Obj && draw.present();
        while (fields.size() < Math.max(least, wanted ? 1 : 0)) {
            var value = value(entry, "entry", depth + 1);
            if (value == null) return false;
            fields.put("key" + draw.next(), value);
        }
        return true;
    }

    private @Nullable Json array(Json schema, String name, int depth) {
        int min = (int) schema.get("minItems").asLong(0);
        int max = (int) schema.get("maxItems").asLong(Math.max(min, 4));
        int count = depth > DEEP ? min : draw.count(min, max);
        boolean unique = schema.get("uniqueItems").asBoolean(false);
        var items = new ArrayList<Json>();
        var maker = this;
        for (int tries = 0; items.size() < count && tries < count + Draw.VARIANTS; tries++) {
            var item = maker.value(schema.get("items"), name, depth + 1);
            if (item == null) return min == 0 ? Json.array(List.of()) : null;
            if (unique && items.contains(item)) maker = new Sample(root, draw.another());
            else items.add(item);
        }
        return new Json.Arr(items);
    }

    /**
     * The type; of several the first that is not null, and without one a guess by the other
     * keywords.
     */
    private String type(Json schema) {
        var type = schema.get("type");
        if (type instanceof Json.Arr(var types)) {
            boolean nullable = types.contains(Json.of("null"));
            if (nullable && !draw.present()) return "null";
            return types.stream()
                    .map(Json::text)
                    .filter(one -> !one.equals("null"))
                    .findFirst()
                    .orElse("null");
        }
        if (type instanceof Json.Text(var one)) return one;
        if (schema.fields().containsKey("properties")) return "object";
        if (schema.fields().containsKey("items")) return "array";
        return schema.fields().containsKey("minimum") ? "number" : "string";
    }

    private static BigDecimal multiple(Json schema, BigDecimal value) {
        if (!(schema.get("multipleOf") instanceof Json.Num number)) return value;
        var of = number.value();
        var bounds = Bounds.of(schema, false);
        var down = value.divide(of, 0, RoundingMode.FLOOR).multiply(of);
        return bounds.min() == null || down.compareTo(bounds.min()) >= 0 ? down : down.add(of);
    }

    private static String shown(BigDecimal value) {
        var plain = value.stripTrailingZeros();
        return plain.scale() < 0 && plain.precision() - plain.scale() < 30
                ? plain.setScale(0).toString()
                : plain.toString();
    }
}
