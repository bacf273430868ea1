package dev.skein.failure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How failures put numbers, lists and sentences into words, within the limits of their length. */
final class Words {
    private static final int MESSAGE_BYTES = 2048;
    private static final int REMEDY_BYTES = 1024;
    private static final int SAID_BYTES = 256;
    private static final int LISTED = 20;
    private static final String MORE = "…";

    private Words() {}

    /** A sentence of at most 2 KiB. */
    static String message(String text) {
        return cut(sentence(text), MESSAGE_BYTES);
    }

    /** Advice of at most 1 KiB, as it is. */
    static String remedy(String text) {
        if (text.isBlank()) throw new IllegalArgumentException("a failure needs a remedy");
        return cut(text.strip(), REMEDY_BYTES);
    }

    static String findings(List<String> findings) {
        if (findings.size() == 1) return findings.getFirst();
        return findings.size() + " problems: " + String.join("; ", findings);
    }

    static String none(String kind, String name, List<String> known) {
        return "No " + kind + " '" + name + "'. Known: " + list(known);
    }

    static String list(List<String> names) {
        if (names.isEmpty()) return "none";
        if (names.size() <= LISTED) return String.join(", ", names);
        return String.join(", ", names.subList(0, LISTED))
                + " and "
                + (names.size() - LISTED)
                + " more";
    }

    static String because(@Nullable Failure failure) {
        return failure == null ? "" : ": " + failure.message();
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** 350 ms, 2.5 s, 240 s. */
    static String time(Duration time) {
        long millis = time.toMillis();
        if (millis < 1000) return millis + " ms";
        if (millis < 10_000 && millis % 1000 != 0)
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        return count(millis / 1000) + " s";
    }

    /** Bytes as KiB and MiB, anything else as it is counted. */
    static String amount(long number, String unit) {
        if (!unit.equals("bytes") || number < 10_240) return count(number) + " " + unit;
        return number < 10L << 20 ? count(number >> 10) + " KiB" : count(number >> 20) + " MiB";
    }

    static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String sentence(String text) {
        var line = text.strip();
        boolean ended =
                line.endsWith(".")
                        || line.endsWith("?")
                        || line.endsWith("!")
                        || line.endsWith(MORE);
        return ended ? line : line + ".";
    }

    /** The first 256 bytes of what somebody said, in one line. */
    static String beginning(String said) {
        return cut(said.strip().replaceAll("\\s+", " "), SAID_BYTES);
    }

    /** Cut at a code point, so that what is left has at most that many bytes in UTF-8. */
    private static String cut(String text, int bytes) {
        if (text.length() * 3L <= bytes) return text;
        int size = 0;
        int keep = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            size += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (size > bytes) return text.substring(0, keep) + MORE;
            at += Character.charCount(point);
            if (size <= bytes - 3) keep = at;
        }
        return text;
    }
}
