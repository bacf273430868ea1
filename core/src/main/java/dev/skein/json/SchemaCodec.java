package dev.skein.json;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Free data described by a JSON Schema that somebody else wrote. The schema itself is checked when
 * this is made.
 */
final class SchemaCodec implements Codec {
    private static final int MAX_DEPTH = 64;
    private static final Set<String> ONE = Set.of("additionalProperties", "items", "not");
    private static final Set<String> MANY = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> NAMED =
            Set.of("properties", "patternProperties", "$defs", "definitions");

    private final Json.Obj root;
    private final Map<String, Pattern> patterns = new HashMap<>();

    private SchemaCodec(Json.Obj root) {
        this.root = root;
    }

    static SchemaCodec of(Json schema) {
        if (!(schema instanceof Json.Obj root)) throw refused("", "is no object");
        var codec = new SchemaCodec(root);
        codec.examine(root, "", 0);
        return codec;
    }

    Json.Obj schema() {
        return root;
    }

    /** The schema that a reference leads to. */
    Json resolve(String reference) {
        return root.path(reference.substring(1));
    }

    Pattern pattern(String expression) {
        return Objects.requireNonNull(patterns.get(expression));
    }

    @Override
    public String expected() {
        return "value that fits the schema";
    }

    @Override
    public Json encode(Object value) {
        return (Json) value;
    }

    @Override
    public @Nullable Object decode(Json json, Decoding at) {
        var value = new SchemaCheck(this).check(root, json, at);
        return at.refused() == 0 ? value : null;
    }

    @Override
    public Json.Obj schema(SchemaText text) {
        return root;
    }

    private void examine(Json schema, String where, int depth) {
        if (schema instanceof Json.Bool) return;
        if (!(schema instanceof Json.Obj(var keywords))) throw refused(where, "is no schema");
        if (depth > MAX_DEPTH) throw refused(where, "is nested deeper than " + MAX_DEPTH);
        keywords.forEach((keyword, value) ->
                examine(keyword, value, Pointer.append(where, keyword), depth + 1));
    }

    private void examine(String keyword, Json value, String where, int depth) {
        if (ONE.contains(keyword)) examine(value, where, depth);
        else if (MANY.contains(keyword)) examineAll(list(value, where), where, depth);
        else if (NAMED.contains(keyword)) examineNamed(keyword, value, where, depth);
        else if (keyword.equals("pattern")) compile(value.text(), where);
        else if (keyword.equals("$ref")) examineReference(value.text(), where);
        else if (keyword.equals("enum") || keyword.equals("required")) list(value, where);
    }

    private void examineAll(List<Json> schemas, String where, int depth) {
        for (int i = 0; i < schemas.size(); i++)
            examine(schemas.get(i), Pointer.append(where, i), depth);
    }

    private void examineNamed(String keyword, Json value, String where, int depth) {
        if (!(value instanceof Json.Obj(var schemas))) throw refused(where, "is no object");
        schemas.forEach((name, schema) -> {
            if (keyword.equals("patternProperties")) compile(name, where);
            examine(schema, Pointer.append(where, name), depth);
        });
    }

    private void compile(String expression, String where) {
        try {
            patterns.put(expression, Pattern.compile(expression));
        } catch (PatternSyntaxException bad) {
            throw refused(where, "is no regular expression: " + bad.getDescription());
        }
    }

    private void examineReference(String reference, String where) {
        boolean inside = reference.equals("#") || reference.startsWith("#/");
        if (!inside || resolve(reference).isNull())
            throw refused(where, "leads nowhere: " + reference);
    }

    private static List<Json> list(Json value, String where) {
        if (value instanceof Json.Arr(var items)) return items;
        throw refused(where, "is no list");
    }

    private static SkeinException refused(String where, String problem) {
        var place = where.isEmpty() ? "the schema" : "the schema at " + where;
        return new SkeinException(
                new Invalid.Spec(
                        List.of(place + " " + problem),
                        "Give a JSON Schema (2020-12) without references to elsewhere."));
    }
}
