package dev.skein.server;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters behind the question mark. What cannot be read is refused, never passed over. */
record Query(Map<String, String> values) {
    private static final String SEE =
            "Leave it out, or write it as the documentation of routes says.";

    /**
     * Reads what stands behind the question mark.
     *
     * @throws SkeinException with {@code invalid.query} for what is no text or stands there twice
     */
    static Query parse(String text) {
        var values = new LinkedHashMap<String, String>();
        for (var pair : text.split("&", -1)) {
            if (pair.isEmpty()) continue;
            int equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            var value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (values.putIfAbsent(name, value) != null) throw refused(name, "it is given twice");
        }
        return new Query(Map.copyOf(values));
    }

    /** The text that was percent-encoded. */
    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused(text, "it is not percent-encoded");
        }
    }

    /**
     * The query itself.
     *
     * @throws SkeinException with {@code invalid.query} if it has another parameter
     */
    Query only(String... known) {
        for (var name : values.keySet())
            if (!List.of(known).contains(name))
                throw refused(name, "is not one of " + String.join(", ", known));
        return this;
    }

    /** A number from zero on; zero if it is not given. */
    long number(String name) {
        var text = values.getOrDefault(name, "0");
        if (!text.matches("\\d{1,18}")) throw refused(name, "'" + text + "' is not a number");
        return Long.parseLong(text);
    }

    /** False if it is not given. */
    boolean flag(String name) {
        return switch (values.getOrDefault(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            case String other -> throw refused(name, "'" + other + "' is not true or false");
        };
    }

    private static SkeinException refused(String name, String problem) {
        return new SkeinException(new Invalid.Query(name, problem, SEE));
    }
}
