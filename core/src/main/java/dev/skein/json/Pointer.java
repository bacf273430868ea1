package dev.skein.json;

import java.util.regex.Pattern;

/** JSON pointers: {@code /a/0/b}, with {@code ~1} for a slash and {@code ~0} for a tilde. */
final class Pointer {
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    private Pointer() {}

    static Json follow(Json from, String pointer) {
        if (pointer.isEmpty()) return from;
        if (!pointer.startsWith("/"))
            throw new IllegalArgumentException("no JSON pointer: " + pointer);
        var at = from;
        for (int start = 1; start <= pointer.length(); ) {
            int slash = pointer.indexOf('/', start);
            int end = slash < 0 ? pointer.length() : slash;
            at = step(at, unescape(pointer.substring(start, end)));
            start = end + 1;
        }
        return at;
    }

    static String append(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    static void append(StringBuilder pointer, String key) {
        pointer.append('/').append(key.replace("~", "~0").replace("/", "~1"));
    }

    static String append(String pointer, int index) {
        return pointer + "/" + index;
    }

    private static Json step(Json at, String key) {
        if (!(at instanceof Json.Arr)) return at.get(key);
        return INDEX.matcher(key).matches() ? at.at(Integer.parseInt(key)) : Json.nothing();
    }

    private static String unescape(String key) {
        return key.replace("~1", "/").replace("~0", "~");
    }
}
