package dev.skein.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One value against a JSON Schema. What comes out is the value without the properties that were
 * dropped. Alternatives inside alternatives multiply, and references can run in circles, so the
 * number of steps is limited.
 */
final class SchemaCheck {
    private static final int MAX_DEPTH = 400;

    private final SchemaCodec schemas;
    private int depth;

    SchemaCheck(SchemaCodec schemas) {
        this.schemas = schemas;
    }

    Json check(Json schema, Json value, Decoding at) {
        if (schema instanceof Json.Bool(var allowed)) {
            if (!allowed) at.violation("nothing", Decoding.kind(value));
            return value;
        }
        if (depth >= MAX_DEPTH || !at.effort().step()) {
            at.violation("a value that can be checked in reasonable time", Decoding.kind(value));
            return value;
        }
        depth++;
        var kept = keywords(schema, value, at);
        depth--;
        return kept;
    }

    private Json keywords(Json schema, Json value, Decoding at) {
        if (!typeFits(schema.get("type"), value, at)) return value;
        constants(schema, value, at);
        var kept =
                switch (value) {
                    case Json.Obj object -> object(schema, object, at);
                    case Json.Arr array -> array(schema, array, at);
                    case Json.Text text -> text(schema, text, at);
                    case Json.Num number -> number(schema, number, at);
                    case Json.Bool _, Json.Null _ -> value;
                };
        if (schema.get("$ref") instanceof Json.Text(var reference))
            kept = check(schemas.resolve(reference), kept, at);
        for (var part : schema.get("allOf").items()) kept = check(part, kept, at);
        if (schema.get("anyOf") instanceof Json.Arr(var choices))
            kept = choose(choices, kept, at, false);
        if (schema.get("oneOf") instanceof Json.Arr(var choices))
            kept = choose(choices, kept, at, true);
        if (!schema.get("not").isNull() && fits(schema.get("not"), kept, at))
            at.violation("something else", Decoding.shown(kept));
        return kept;
    }

    private static boolean typeFits(Json type, Json value, Decoding at) {
        if (type.isNull()) return true;
        var types = type instanceof Json.Arr(var several) ? several : List.of(type);
        if (types.stream().anyMatch(one -> isOf(one.text(), value))) return true;
        var words =
                types.stream()
                        .map(Json::text)
                        .collect(Collectors.joining(" or "))
                        .replace("string", "text");
        if (value instanceof Json.Num number && words.contains("integer"))
            at.violation(words, number.digits());
        else at.mismatch(words, value);
        return false;
    }

    private static boolean isOf(String type, Json value) {
        return switch (type) {
            case "object" -> value instanceof Json.Obj;
            case "array" -> value instanceof Json.Arr;
            case "string" -> value instanceof Json.Text;
            case "number" -> value instanceof Json.Num;
            case "integer" -> value instanceof Json.Num number && isWhole(number.value());
            case "boolean" -> value instanceof Json.Bool;
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static boolean isWhole(BigDecimal value) {
        return value.scale() <= 0 || value.stripTrailingZeros().scale() <= 0;
    }

    private static void constants(Json schema, Json value, Decoding at) {
        if (schema.get("enum") instanceof Json.Arr(var allowed)
                && allowed.stream().noneMatch(one -> same(one, value))) {
            var words =
                    allowed.stream()
                            .limit(20)
                            .map(Decoding::shown)
                            .collect(Collectors.joining(", "));
            at.violation("one of " + words, Decoding.shown(value));
        }
        if (schema.fields().containsKey("const") && !same(schema.get("const"), value))
            at.violation(Decoding.shown(schema.get("const")), Decoding.shown(value));
    }

    /** Equal as JSON Schema means it: numbers by value. */
    private static boolean same(Json one, Json other) {
        return switch (one) {
            case Json.Num number ->
                    other instanceof Json.Num that && number.value().compareTo(that.value()) == 0;
            case Json.Arr(var items) ->
                    other instanceof Json.Arr(var those) && sameItems(items, those);
            case Json.Obj(var fields) ->
                    other instanceof Json.Obj(var those)
                            && fields.keySet().equals(those.keySet())
                            && fields.keySet().stream()
                                    .allMatch(key -> same(one.get(key), other.get(key)));
            case Json.Text _, Json.Bool _, Json.Null _ -> one.equals(other);
        };
    }

    private static boolean sameItems(List<Json> items, List<Json> those) {
        if (items.size() != those.size()) return false;
        for (int i = 0; i < items.size(); i++) if (!same(items.get(i), those.get(i))) return false;
        return true;
    }

    private Json object(Json schema, Json.Obj object, Decoding at) {
        for (var name : schema.get("required").items()) {
            if (!object.fields().containsKey(name.text()))
                at.missing(name.text(), wordFor(schema.get("properties").get(name.text())));
        }
        Sized.PROPERTIES.check(schema, object.fields().size(), at);
        var kept = LinkedHashMap.<String, Json>newLinkedHashMap(object.fields().size());
        object.fields()
                .forEach((name, value) -> {
                    var checked = property(schema, name, value, at);
                    if (checked != null) kept.put(name, checked);
                });
        return kept.equals(object.fields()) ? object : new Json.Obj(kept);
    }

    private static String wordFor(Json schema) {
        return schema.get("type").text("value").replace("string", "text");
    }

    /** The property as it is kept, or null if it is unknown. */
    private @Nullable Json property(Json schema, String name, Json value, Decoding at) {
        var rules = rulesOf(schema, name);
        if (rules.isEmpty()) {
            var others = schema.get("additionalProperties");
            if (others.equals(new Json.Bool(false))) {
                at.unknown(name, List.copyOf(schema.get("properties").fields().keySet()));
                return null;
            }
            if (!others.isNull()) rules.add(others);
        }
        at.enter(name);
        var kept = value;
        for (var rule : rules) kept = check(rule, kept, at);
        at.leave();
        return kept;
    }

    private List<Json> rulesOf(Json schema, String name) {
        var rules = new ArrayList<Json>(1);
        var own = schema.get("properties").get(name);
        if (!own.isNull()) rules.add(own);
        for (var pattern : schema.get("patternProperties").fields().entrySet()) {
            if (Patience.find(schemas.pattern(pattern.getKey()), name))
                rules.add(pattern.getValue());
        }
        return rules;
    }

    private Json array(Json schema, Json.Arr array, Decoding at) {
        Sized.ITEMS.check(schema, array.items().size(), at);
        if (schema.get("uniqueItems").asBoolean(false)
                && new HashSet<>(array.items()).size() < array.items().size()) {
            at.violation("different elements", "the same element twice");
        }
        var first = schema.get("prefixItems").items();
        var rest = schema.get("items");
        if (first.isEmpty() && rest.isNull()) return array;
        var kept = new ArrayList<Json>(array.items().size());
        for (int i = 0; i < array.items().size(); i++) {
            at.enter(i);
            var rule = i < first.size() ? first.get(i) : rest;
            kept.add(rule.isNull() ? array.at(i) : check(rule, array.at(i), at));
            at.leave();
        }
        return new Json.Arr(kept);
    }

    private Json text(Json schema, Json.Text text, Decoding at) {
        int length = text.value().codePointCount(0, text.value().length());
        Sized.LENGTH.check(schema, length, at);
        if (schema.get("pattern") instanceof Json.Text(var expression))
            new Bound.Found(schemas.pattern(expression)).check(text, at);
        return text;
    }

    private static Json number(Json schema, Json.Num number, Decoding at) {
        var value = number.value();
        for (var rule :
                Map.of(
                                "minimum",
                                "≥ ",
                                "maximum",
                                "≤ ",
                                "exclusiveMinimum",
                                "> ",
                                "exclusiveMaximum",
                                "< ")
                        .entrySet()) {
            if (!(schema.get(rule.getKey()) instanceof Json.Num bound)) continue;
            int order =
                    rule.getKey().endsWith("inimum")
                            ? value.compareTo(bound.value())
                            : bound.value().compareTo(value);
            if (rule.getKey().startsWith("ex") ? order <= 0 : order < 0)
                at.violation(rule.getValue() + bound.digits(), number.digits());
        }
        if (schema.get("multipleOf") instanceof Json.Num step && !isMultiple(value, step.value()))
            at.violation("a multiple of " + step.digits(), number.digits());
        return number;
    }

    private static boolean isMultiple(BigDecimal value, BigDecimal step) {
        // Far apart exponents would make numbers of a billion digits.
        if (step.signum() <= 0 || Math.abs((long) value.scale() - step.scale()) > 1000) return true;
        return value.remainder(step).signum() == 0;
    }

    private Json choose(List<Json> choices, Json value, Decoding at, boolean onlyOne) {
        var fitting = fitting(choices, value, at, true);
        if (fitting.isEmpty() && !at.strict()) fitting = fitting(choices, value, at, false);
        if (fitting.isEmpty()) {
            at.violation(
                    "a value that fits one of " + choices.size() + " alternatives",
                    Decoding.shown(value));
            return value;
        }
        if (onlyOne && fitting.size() > 1)
            at.violation(
                    "a value that fits one alternative only", "one that fits " + fitting.size());
        at.adopt(fitting.getFirst().decoding());
        return fitting.getFirst().kept();
    }

    private record Attempt(Json kept, Decoding decoding) {}

    private List<Attempt> fitting(List<Json> choices, Json value, Decoding at, boolean strictly) {
        var fitting = new ArrayList<Attempt>(1);
        for (var choice : choices) {
            var trial = at.trial(strictly);
            var kept = check(choice, value, trial);
            if (trial.refused() == 0) fitting.add(new Attempt(kept, trial));
        }
        return fitting;
    }

    private boolean fits(Json schema, Json value, Decoding at) {
        var trial = at.trial(true);
        check(schema, value, trial);
        return trial.refused() == 0;
    }

    /** What a schema may bound the size of: the end of its keywords, and what is counted. */
    private enum Sized {
        PROPERTIES("Properties", "entries"),
        ITEMS("Items", "elements"),
        LENGTH("Length", "characters");

        private final String keyword;
        private final String counted;

        Sized(String keyword, String counted) {
            this.keyword = keyword;
            this.counted = counted;
        }

        void check(Json schema, int size, Decoding at) {
            long min = schema.get("min" + keyword).asLong(0);
            long max = schema.get("max" + keyword).asLong(Long.MAX_VALUE);
            if (size < min) at.violation("at least " + min + " " + counted, Integer.toString(size));
            if (size > max) at.violation("at most " + max + " " + counted, Integer.toString(size));
        }
    }
}
