package dev.skein.cli;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.failure.Violation;
import dev.skein.json.Json;
import java.util.HashMap;
import java.util.List;

/**
 * The words behind an endpoint's name as its arguments: {@code key=value} is read as the schema
 * says, {@code key:=value} as JSON.
 *
 * @param schema of the arguments as a whole
 */
record Arguments(Json schema) {
    /**
     * The arguments.
     *
     * @throws SkeinException with {@code invalid.input} for a word that is none, a key that is
     *     empty, repeated or unknown, a value of another type, and what is required and missing
     */
    Json.Obj read(List<String> words) {
        var read = new HashMap<String, Json>();
        var all = Json.object();
        for (var word : words) {
            var key = key(word);
            if (read.containsKey(key)) throw refused(key, "one value", "two");
            var value = value(key, word);
            read.put(key, value);
            all = all.with(key, value);
        }
        for (var required : schema.get("required").items())
            if (!read.containsKey(required.text()))
                throw refused(required.text(), "a value", "none");
        return all;
    }

    private String key(String word) {
        int equals = word.indexOf('=');
        if (equals < 0) throw refused("'" + word + "'", "key=value", "no =");
        var key = word.substring(0, isForced(word, equals) ? equals - 1 : equals);
        if (key.isEmpty()) throw refused("'" + word + "'", "key=value", "no key");
        var known = schema.get("properties").fields().keySet();
        if (!known.contains(key) && !isOpen())
            throw refused(
                    "'" + key + "'",
                    known.isEmpty() ? "no arguments" : String.join(" or ", known),
                    "an unknown key");
        return key;
    }

    /** Whether it takes keys that it does not name. */
    private boolean isOpen() {
        var others = schema.get("additionalProperties");
        return others instanceof Json.Obj || others.asBoolean(schema.get("properties").isNull());
    }

    private Json value(String key, String word) {
        int equals = word.indexOf('=');
        var text = word.substring(equals + 1);
        if (isForced(word, equals)) return json(key, text);
        var named = schema.get("properties").get(key);
        return value(key, text, named.isNull() ? schema.get("additionalProperties") : named);
    }

    private static boolean isForced(String word, int equals) {
        return equals > 0 && word.charAt(equals - 1) == ':';
    }

    private Json value(String key, String text, Json type) {
        var resolved = resolve(type);
        var choices = resolved.get("enum").items();
        if (!choices.isEmpty()) return choice(key, text, choices);
        return switch (kind(resolved)) {
            case "string" -> Json.of(text);
            case "integer" -> number(key, text, "integer", "-?(0|[1-9]\\d{0,30})");
            case "number" ->
                    number(
                            key,
                            text,
                            "number",
                            "-?(0|[1-9]\\d{0,30})(\\.\\d{1,30})?([eE][+-]?\\d+)?");
            case "boolean" -> truth(key, text);
            default -> jsonOrText(text);
        };
    }

    /** The one type that a value may have, null aside; empty if there are several or none. */
    private static String kind(Json type) {
        if (type.get("type") instanceof Json.Text(var kind)) return kind;
        var kinds =
                type.get("type").items().stream()
                        .map(Json::text)
                        .filter(kind -> !kind.equals("null"))
                        .toList();
        return kinds.size() == 1 ? kinds.getFirst() : "";
    }

    /** Follows a reference within the schema, and looks through a choice between it and null. */
    private Json resolve(Json type) {
        if (type.get("$ref") instanceof Json.Text(var reference))
            return schema.path(reference.substring(Math.min(1, reference.length())));
        var choices =
                List.of(type.get("anyOf"), type.get("oneOf")).stream()
                        .flatMap(choice -> choice.items().stream())
                        .filter(choice -> !choice.get("type").text().equals("null"))
                        .toList();
        return choices.size() == 1 ? resolve(choices.getFirst()) : type;
    }

    private static Json choice(String key, String text, List<Json> choices) {
        for (var choice : choices)
            if (choice.equals(Json.of(text)) || choice.canonical().equals(text)) return choice;
        var words = choices.stream().map(one -> one.text(one.canonical())).toList();
        throw refused(key, String.join("|", words), quoted(text));
    }

    private static Json number(String key, String text, String kind, String shape) {
        if (!text.matches(shape)) throw refused(key, kind, quoted(text));
        return new Json.Num(text);
    }

    private static Json truth(String key, String text) {
        return switch (text) {
            case "true" -> Json.of(true);
            case "false" -> Json.of(false);
            default -> throw refused(key, "true or false", quoted(text));
        };
    }

    private static Json jsonOrText(String text) {
        try {
            return Json.parse(text);
        } catch (SkeinException noJson) {
            return Json.of(text);
        }
    }

    private static Json json(String key, String text) {
        try {
            return Json.parse(text);
        } catch (SkeinException noJson) {
            throw refused(key, "JSON", quoted(text));
        }
    }

    private static String quoted(String text) {
        return Json.of(text).canonical();
    }

    private static SkeinException refused(String what, String expected, String found) {
        return new SkeinException(
                new Invalid.Input(what, List.of(new Violation("", expected, found))));
    }
}
