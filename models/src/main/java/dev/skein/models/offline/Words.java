package dev.skein.models.offline;

import dev.skein.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Makes up texts. */
final class Words {
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
    private static final int PATTERN_TRIES = 50;

    private final Draw draw;

    Words(Draw draw) {
        this.draw = draw;
    }

    String text(Json schema, String name) {
        if (schema.get("contentEncoding").text().equals("base64")) {
            return Base64.getEncoder()
                    .encodeToString(("offline " + draw.next()).getBytes(StandardCharsets.UTF_8));
        }
        var formatted = formatted(schema.get("format").text());
        if (formatted != null) return formatted;
        int min = (int) Math.min(1 << 16, schema.get("minLength").asLong(0));
        int max = (int) Math.min(1 << 20, schema.get("maxLength").asLong(1 << 20));
        if (schema.get("pattern") instanceof Json.Text(var pattern)) {
            var fitting = matching(pattern, min, max);
            if (fitting != null) return fitting;
        }
        return described(schema).orElseGet(() -> sized("offline " + name, min, max));
    }

    /**
     * The two kinds of time that JSON Schema has no word for are known by how they are described.
     */
    private Optional<String> described(Json schema) {
        var text = schema.get("description").text().toLowerCase(Locale.ROOT);
        if (!text.contains("iso 8601 without zone")) return Optional.empty();
        return Optional.of(text.startsWith("time") ? time() : date() + "T" + time());
    }

    private @Nullable String formatted(String format) {
        return switch (format) {
            case "date-time" -> date() + "T" + time() + "Z";
            case "date" -> date();
            case "time" -> time() + "Z";
            case "duration" -> "PT" + (draw.day() + 1) + "H";
            case "uuid" -> String.format(Locale.ROOT, "00000000-0000-4000-8000-%012d", draw.next());
            case "uri", "uri-reference", "iri" -> "https://example.com/" + draw.next();
            case "email" -> "someone" + draw.next() + "@example.com";
            case "hostname" -> "host" + draw.next() + ".example.com";
            case "ipv4" -> "192.0.2." + (draw.next() % 255);
            case "ipv6" -> "2001:db8::" + Integer.toHexString(draw.next());
            default -> null;
        };
    }

    private String date() {
        return FIRST_DAY.plusDays(draw.day()).toString();
    }

    private String time() {
        return String.format(Locale.ROOT, "%02d:00:00", draw.day() % 24);
    }

    private @Nullable String matching(String pattern, int min, int max) {
        try {
            var check = Pattern.compile(pattern);
            for (int i = 0; i < PATTERN_TRIES; i++) {
                var text = Grammar.write(pattern, draw, min);
                if (text.length() >= min && text.length() <= max && check.matcher(text).find())
                    return text;
            }
            return null;
        } catch (PatternSyntaxException notOurs) {
            return null; // a pattern of another dialect: any text is as good as another
        }
    }

    private static String sized(String text, int min, int max) {
        if (text.codePointCount(0, text.length()) > max)
            return text.substring(0, text.offsetByCodePoints(0, max));
        return text.length() >= min ? text : text + ".".repeat(min - text.length());
    }
}
