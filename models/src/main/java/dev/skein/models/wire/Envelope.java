package dev.skein.models.wire;

import dev.skein.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Providers give objects only. An answer of another kind is asked for as {@code {"value": …}}, and
 * taken out of that again while it comes in. What comes without such an envelope is left as it is.
 */
public final class Envelope {
    private static final String FIELD = "value";
    private static final String OPENING = "{\"" + FIELD + "\":";
    private static final String DEFINITIONS = "$defs";

    private final StringBuilder held = new StringBuilder();
    private State state;

    private enum State {
        BEFORE,
        INSIDE,
        WITHOUT
    }

    private Envelope(State state) {
        this.state = state;
    }

    /** Takes answers to this schema out of their envelope, if they have one. */
    public static Envelope around(boolean needed) {
        return new Envelope(needed ? State.BEFORE : State.WITHOUT);
    }

    /** Whether an answer to this schema needs an envelope. */
    public static boolean isNeeded(Json schema) {
        return !schema.get("type").text().equals("object")
                || schema.fields().containsKey("anyOf")
                || schema.fields().containsKey("oneOf");
    }

    /** The schema of the envelope. */
    public static Json schema(Json content) {
        var inner = new LinkedHashMap<>(relocated(content).fields());
        var definitions = inner.remove(DEFINITIONS);
        var outer =
                Json.object(
                        "type",
                        "object",
                        "properties",
                        Json.object(FIELD, new Json.Obj(inner)),
                        "required",
                        List.of(FIELD),
                        "additionalProperties",
                        false);
        return definitions == null ? outer : outer.with(DEFINITIONS, definitions);
    }

    /** What is in the envelope; what has none is left as it is. */
    static Json content(Json value) {
        boolean enveloped =
                value instanceof Json.Obj(var fields)
                        && fields.size() == 1
                        && fields.containsKey(FIELD);
        return enveloped ? value.get(FIELD) : value;
    }

    /** That value in an envelope. */
    static Json of(Json content) {
        return Json.object(FIELD, content);
    }

    /** What of the content is certain with this piece of the answer. */
    public String take(String piece) {
        if (state == State.WITHOUT) return piece;
        held.append(piece);
        if (state == State.BEFORE && !open()) return "";
        return state == State.WITHOUT ? drain(held.length()) : drain(contentEnd());
    }

    /** What is left of the content when the answer has ended. */
    public String rest() {
        if (state != State.INSIDE) return drain(held.length());
        int closing = held.lastIndexOf("}");
        if (closing >= 0) held.setLength(closing);
        return drain(held.length()).stripTrailing();
    }

    /** False as long as it cannot be told whether there is an envelope. */
    private boolean open() {
        int known = 0;
        for (int at = 0; at < held.length(); at++) {
            char c = held.charAt(at);
            if (Character.isWhitespace(c)) continue;
            if (known == OPENING.length()) {
                held.delete(0, at);
                state = State.INSIDE;
                return true;
            }
            if (c != OPENING.charAt(known++)) {
                state = State.WITHOUT;
                return true;
            }
        }
        return false;
    }

    /**
     * What closes the envelope, and only that, is at the end and made of braces and white space.
     */
    private int contentEnd() {
        int end = held.length();
        while (end > 0
                && (held.charAt(end - 1) == '}' || Character.isWhitespace(held.charAt(end - 1))))
            end--;
        return end;
    }

    private String drain(int end) {
        var text = held.substring(0, end);
        held.delete(0, end);
        return text;
    }

    private static Json relocated(Json schema) {
        return switch (schema) {
            case Json.Obj(var fields) -> {
                var all = new LinkedHashMap<String, Json>();
                fields.forEach((key, value) ->
                        all.put(
                                key,
                                key.equals("$ref") && value.text().equals("#")
                                        ? Json.of("#/properties/" + FIELD)
                                        : relocated(value)));
                yield new Json.Obj(all);
            }
            case Json.Arr(var items) -> {
                var all = new ArrayList<Json>();
                for (var item : items) all.add(relocated(item));
                yield new Json.Arr(all);
            }
            case Json.Text text -> text;
            case Json.Num number -> number;
            case Json.Bool truth -> truth;
            case Json.Null nothing -> nothing;
        };
    }
}
