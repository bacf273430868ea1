package dev.skein.json;

import dev.skein.failure.SkeinException;
import dev.skein.failure.Violation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the value that a model meant in what it wrote. */
final class Reading<T> {
    /** Of more values than that the earlier ones are not looked at. */
    private static final int MAX_TRIED = 256;

    private final CodecType<T> type;
    private final String text;

    Reading(CodecType<T> type, String text) {
        this.type = type;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The last outermost value that fits; else why the one that came nearest does not. */
    Decoded<T> best() {
        var found = new Outermost(text);
        found.scan();
        Decoded.Bad<T> refused = null;
        int least = Math.max(0, found.count() - MAX_TRIED);
        for (int i = found.count() - 1; i >= least; i--) {
            switch (decode(text, found.start(i), found.end(i))) {
                case Decoded.Ok<T> fits -> {
                    return fits;
                }
                case Decoded.Bad<T> bad -> refused = likelier(refused, bad);
            }
        }
        if (isText()) return bareText();
        return refused == null ? alone(found.cutOff()) : refused;
    }

    /** The value that is being written; else the last whole one, if any. */
    Optional<Json> soFar() {
        var wanted = brackets(type.schema());
        var found = new Outermost(text);
        if (!wanted.isEmpty()) found.scan();
        var open = found.torn().filter(torn -> isOneOf(wanted, torn.start()));
        if (open.isPresent()) return parsed(open.get().closed(text));
        for (int i = found.count() - 1; i >= 0; i--)
            if (isOneOf(wanted, found.start(i)))
                return parsed(text.substring(found.start(i), found.end(i)));
        return Optional.empty();
    }

    /** What values of that schema begin with; nothing if they are neither objects nor arrays. */
    private static String brackets(Json schema) {
        boolean variants =
                schema.get("anyOf") instanceof Json.Arr(var choices)
                        && choices.stream().anyMatch(one -> brackets(one).equals("{"));
        return switch (schema.get("type").text()) {
            case "object" -> "{";
            case "array" -> "[";
            case "" -> variants ? "{" : "{[";
            default -> "";
        };
    }

    private boolean isOneOf(String brackets, int at) {
        return brackets.indexOf(text.charAt(at)) >= 0;
    }

    private static Optional<Json> parsed(String json) {
        try {
            return Optional.of(Parser.parseTolerantly(json, 0, json.length()));
        } catch (SkeinException noJson) {
            return Optional.empty();
        }
    }

    /**
     * The last one is the likeliest answer, but not if it is of another kind than an earlier one.
     */
    private static <T> Decoded.Bad<T> likelier(
            Decoded.@Nullable Bad<T> later, Decoded.Bad<T> earlier) {
        return later == null || (isOtherKind(later) && !isOtherKind(earlier)) ? earlier : later;
    }

    private static boolean isOtherKind(Decoded.Bad<?> bad) {
        return bad.violations().stream().anyMatch(violation -> violation.pointer().isEmpty());
    }

    private boolean isText() {
        return type.schema().get("type").text().equals("string");
    }

    /** A text need not be in quotes. */
    private Decoded<T> bareText() {
        var bare = unfenced(text.strip());
        return decode(bare, 0, bare.length()) instanceof Decoded.Ok<T> fits
                ? fits
                : type.decode(new Json.Text(bare));
    }

    /** There is no object and no array; a number or a truth value may stand alone. */
    private Decoded<T> alone(boolean cutOff) {
        if (cutOff) return bad("complete JSON", "JSON that breaks off");
        var bare = unfenced(text.strip());
        if (bare.isEmpty()) return bad(type.expected(), "nothing");
        return isScalar(bare) ? decode(bare, 0, bare.length()) : bad(type.expected(), "text");
    }

    private static boolean isScalar(String bare) {
        char first = bare.charAt(0);
        return first == '-'
                || (first >= '0' && first <= '9')
                || bare.equals("true")
                || bare.equals("false")
                || bare.equals("null");
    }

    private Decoded<T> decode(String text, int start, int end) {
        try {
            return type.decode(Parser.parseTolerantly(text, start, end));
        } catch (SkeinException noJson) {
            return bad("JSON", noJson.failure().message());
        }
    }

    private static <T> Decoded<T> bad(String expected, String found) {
        return new Decoded.Bad<>(List.of(new Violation("", expected, found)));
    }

    private static String unfenced(String text) {
        if (!text.startsWith("```") || !text.endsWith("```") || text.length() < 6) return text;
        int line = text.indexOf('\n');
        return text.substring(line < 0 ? 3 : line, text.length() - 3).strip();
    }
}
