package dev.skein.models.wire;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a provider says is wrong, from the body of its error.
 *
 * @param kind the words by which the provider classes it, joined: type, code and status; lower case
 * @param message its sentence; never empty
 */
record Complaint(String kind, String message) {
    private static final int LONGEST = 500;

    static Complaint of(byte[] body) {
        try {
            return of(Json.parse(body));
        } catch (SkeinException noJson) {
            return new Complaint("", shortened(new String(body, StandardCharsets.UTF_8)));
        }
    }

    static Complaint of(Json body) {
        var inner = body.get("error");
        var error = inner.isNull() ? body : inner;
        if (error instanceof Json.Text(var text)) return new Complaint("", shortened(text));
        var kind = word(error, "type") + " " + word(error, "code") + " " + word(error, "status");
        var message = error.get("message").text(error.get("detail").text());
        return new Complaint(
                kind.toLowerCase(Locale.ROOT).strip(),
                shortened(message.isEmpty() ? error.canonical() : message));
    }

    boolean isOf(String... words) {
        for (var word : words) if (kind.contains(word)) return true;
        return false;
    }

    boolean says(String... words) {
        var text = message.toLowerCase(Locale.ROOT);
        for (var word : words) if (text.contains(word)) return true;
        return false;
    }

    private static String word(Json error, String key) {
        var value = error.get(key);
        return value instanceof Json.Num(var digits) ? digits : value.text();
    }

    private static String shortened(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        if (line.isEmpty()) return "no reason was given";
        return line.length() <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LONGEST)))
                        + "…";
    }
}
