package dev.skein.models.wire;

import dev.skein.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says a schema in the part of JSON Schema to which a provider can hold an answer. Keywords that it
 * does not know become a remark in the description: the answer is checked against the whole schema
 * anyway. What cannot be left out without changing the shape of the answer, such as a map with free
 * keys, makes the schema inexpressible.
 *
 * @param keywords those that may stay, beside the ones for structure
 * @param formats the kinds of texts that may stay
 * @param allRequired whether every property must be required; an optional one may then be null
 * @param recursive whether a definition may refer to itself
 */
public record Lowering(
        Set<String> keywords, Set<String> formats, boolean allRequired, boolean recursive) {
    private static final Set<String> REMARKS =
            Set.of(
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
    private static final Set<String> PLAIN = Set.of("type", "enum", "const");
    private static final Set<String> REFUSED =
            Set.of(
                    "allOf",
                    "not",
                    "if",
                    "patternProperties",
                    "prefixItems",
                    "propertyNames",
                    "dependentSchemas");
    private static final Json NULL_TYPE = Json.object("type", "null");
    private static final String REFERENCE = "$ref";
    private static final String DEFINITIONS = "$defs";

    /** OpenAI's strict mode. */
    public static final Lowering OPENAI =
            new Lowering(
                    Set.of(
                            "minimum",
                            "maximum",
                            "exclusiveMinimum",
                            "exclusiveMaximum",
                            "multipleOf",
                            "pattern",
                            "minItems",
                            "maxItems"),
                    Set.of(
                            "date-time",
                            "time",
                            "date",
                            "duration",
                            "email",
                            "hostname",
                            "ipv4",
                            "ipv6",
                            "uuid"),
                    true,
                    true);

    /** Anthropic's structured outputs. */
    public static final Lowering ANTHROPIC =
            new Lowering(
                    Set.of(),
                    Set.of(
                            "date-time",
                            "time",
                            "date",
                            "duration",
                            "email",
                            "hostname",
                            "uri",
                            "ipv4",
                            "ipv6",
                            "uuid"),
                    false,
                    false);

    /** Gemini's JSON schemas. */
    public static final Lowering GEMINI =
            new Lowering(
                    Set.of("minimum", "maximum", "minItems", "maxItems", "enum"),
                    Set.of("date-time", "date", "time"),
                    false,
                    true);

    /** Copies the sets. */
    public Lowering {
        keywords = Set.copyOf(keywords);
        formats = Set.copyOf(formats);
    }

    /** The schema in the provider's words, or empty if it cannot be said in them. */
    public Optional<Json> of(Json schema) {
        if (!recursive && isRecursive(schema)) return Optional.empty();
        try {
            return Optional.of(lowered(schema));
        } catch (Inexpressible e) {
            return Optional.empty();
        }
    }

    private Json lowered(Json schema) throws Inexpressible {
        if (!(schema instanceof Json.Obj(var fields)) || fields.isEmpty())
            throw new Inexpressible();
        for (var key : REFUSED) if (fields.containsKey(key)) throw new Inexpressible();
        var low = new LinkedHashMap<String, Json>();
        var remarks = new TreeSet<String>();
        for (var field : fields.entrySet()) {
            if (isRemark(field)) remarks.add(field.getKey() + " " + shown(field.getValue()));
            else lower(field.getKey(), field.getValue(), low);
        }
        if (low.containsKey("properties")) close(fields, low);
        else if (low.getOrDefault("type", NULL_TYPE).text().equals("object"))
            throw new Inexpressible();
        describe(fields, low, remarks);
        return new Json.Obj(low);
    }

    private void lower(String key, Json value, Map<String, Json> low) throws Inexpressible {
        switch (key) {
            case "anyOf", "oneOf" -> low.put("anyOf", all(value.items()));
            case "items" -> low.put(key, lowered(value));
            case "properties", DEFINITIONS -> low.put(key, all(value.fields()));
            case REFERENCE -> low.put(key, value);
            default -> {
                if (PLAIN.contains(key) || keywords.contains(key) || key.equals("format"))
                    low.put(key, value);
            }
        }
    }

    private Json all(List<Json> schemas) throws Inexpressible {
        var all = new ArrayList<Json>();
        for (var schema : schemas) all.add(lowered(schema));
        return new Json.Arr(all);
    }

    private Json all(Map<String, Json> schemas) throws Inexpressible {
        var all = new LinkedHashMap<String, Json>();
        for (var entry : schemas.entrySet()) all.put(entry.getKey(), lowered(entry.getValue()));
        return new Json.Obj(all);
    }

    /** No other properties than those named. */
    private void close(Map<String, Json> fields, Map<String, Json> low) throws Inexpressible {
        if (fields.get("additionalProperties") instanceof Json.Obj) throw new Inexpressible();
        var required = new HashSet<>(fields.getOrDefault("required", Json.nothing()).items());
        var properties = low.getOrDefault("properties", Json.nothing()).fields();
        if (properties.isEmpty() && !fields.containsKey("additionalProperties"))
            throw new Inexpressible();
        if (!allRequired) {
            low.put("required", fields.getOrDefault("required", Json.array(List.of())));
        } else {
            var nullable = new LinkedHashMap<String, Json>();
            properties.forEach((name, schema) ->
                    nullable.put(
                            name, required.contains(Json.of(name)) ? schema : nullable(schema)));
            low.put("properties", new Json.Obj(nullable));
            low.put("required", Json.array(properties.keySet()));
        }
        low.put("additionalProperties", Json.of(false));
    }

    private static Json nullable(Json schema) {
        if (schema instanceof Json.Obj object
                && object.get("type") instanceof Json.Text type
                && object.get("const").isNull()) {
            var both = object.with("type", List.of(type, "null"));
            if (!(object.get("enum") instanceof Json.Arr(var constants))) return both;
            var more = new ArrayList<>(constants);
            more.add(Json.nothing());
            return both.with("enum", more);
        }
        var alternatives = schema.get("anyOf").items();
        if (alternatives.contains(NULL_TYPE)) return schema;
        if (alternatives.isEmpty()) return Json.object("anyOf", List.of(schema, NULL_TYPE));
        var more = new ArrayList<>(alternatives);
        more.add(NULL_TYPE);
        return ((Json.Obj) schema).with("anyOf", more);
    }

    private boolean isRemark(Map.Entry<String, Json> field) {
        var key = field.getKey();
        if (key.equals("format")) return !formats.contains(field.getValue().text());
        return REMARKS.contains(key) && !keywords.contains(key);
    }

    private static String shown(Json value) {
        return value instanceof Json.Text(var text) ? text : value.canonical();
    }

    private static void describe(
            Map<String, Json> fields, Map<String, Json> low, Set<String> remarks) {
        var text = fields.getOrDefault("description", Json.nothing()).text();
        var remark = String.join(", ", remarks);
        // A description beside a reference is not allowed everywhere.
        if (low.containsKey(REFERENCE) || (text.isEmpty() && remark.isEmpty())) return;
        low.put(
                "description",
                Json.of(
                        remark.isEmpty()
                                ? text
                                : text.isEmpty() ? remark : text + " (" + remark + ")"));
    }

    private static boolean isRecursive(Json schema) {
        var definitions = schema.get(DEFINITIONS).fields();
        for (var name : definitions.keySet()) {
            if (reaches(
                    "#/" + DEFINITIONS + "/" + name,
                    definitions,
                    definitions.get(name),
                    new HashSet<>())) return true;
        }
        return schema.canonical().contains("\"" + REFERENCE + "\":\"#\"");
    }

    private static boolean reaches(
            String goal, Map<String, Json> definitions, Json from, Set<String> seen) {
        for (var reference : references(from)) {
            if (reference.equals(goal)) return true;
            var name = reference.substring(reference.lastIndexOf('/') + 1);
            if (seen.add(name)
                    && definitions.containsKey(name)
                    && reaches(goal, definitions, definitions.get(name), seen)) return true;
        }
        return false;
    }

    private static Set<String> references(Json in) {
        var found = new HashSet<String>();
        if (in.get(REFERENCE) instanceof Json.Text(var reference)) found.add(reference);
        for (var inner : in.fields().values()) found.addAll(references(inner));
        for (var inner : in.items()) found.addAll(references(inner));
        return found;
    }

    /** Ends the way down. */
    private static final class Inexpressible extends Exception {
        private static final long serialVersionUID = 1;

        Inexpressible() {
            super(null, null, false, false);
        }
    }
}
