package dev.skein.name;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A place in the tree that sessions, policies and budgets hang on, such as {@code
 * tenant:acme:user:bob}. One to sixteen segments of 1 to 128 code points, normalized to NFC,
 * without control characters. Any other text is a legal segment: what has a meaning in {@link
 * #key()} is escaped there, so two namespaces never share a key.
 */
public record Namespace(List<String> segments) {
    private static final int MOST_SEGMENTS = 16;
    private static final int LONGEST_SEGMENT = 128;
    private static final Namespace STANDARD = new Namespace(List.of("default"));

    /**
     * Checks and normalizes the segments.
     *
     * @throws SkeinException with {@code invalid.name} naming the segment
     */
    public Namespace {
        if (segments.isEmpty() || segments.size() > MOST_SEGMENTS)
            throw refused(
                    String.join(":", segments),
                    "a namespace has 1 to " + MOST_SEGMENTS + " segments, not " + segments.size());
        segments = segments.stream().map(Namespace::checked).toList();
    }

    /** The namespace of a task that names none: {@code default}. */
    public static Namespace standard() {
        return STANDARD;
    }

    public static Namespace of(String... segments) {
        return new Namespace(List.of(segments));
    }

    /**
     * Reads what {@link #key()} wrote; the two are inverse.
     *
     * @throws SkeinException with {@code invalid.name} if the text is no namespace
     */
    public static Namespace parse(String key) {
        return new Namespace(Arrays.stream(key.split(":", -1)).map(Namespace::unescaped).toList());
    }

    /** The segments joined by {@code :}, with what would be ambiguous escaped as {@code %XX}. */
    public String key() {
        var first = escaped(segments.getFirst());
        if (segments.size() == 1) return first;
        var key = new StringBuilder(first);
        for (var segment : segments.subList(1, segments.size()))
            key.append(':').append(escaped(segment));
        return key.toString();
    }

    public Namespace child(String segment) {
        var longer = new ArrayList<>(segments);
        longer.add(segment);
        return new Namespace(longer);
    }

    public Optional<Namespace> parent() {
        return depth() == 1
                ? Optional.empty()
                : Optional.of(new Namespace(segments.subList(0, depth() - 1)));
    }

    public Namespace root() {
        return new Namespace(segments.subList(0, 1));
    }

    public int depth() {
        return segments.size();
    }

    /** Strictly above: no namespace is its own ancestor. */
    public boolean isAncestorOf(Namespace other) {
        return depth() < other.depth() && segments.equals(other.segments.subList(0, depth()));
    }

    public boolean isDescendantOf(Namespace other) {
        return other.isAncestorOf(this);
    }

    /** This namespace or one below it. */
    public boolean covers(Namespace other) {
        return equals(other) || isAncestorOf(other);
    }

    @Override
    public String toString() {
        return key();
    }

    private static String checked(String segment) {
        var normal =
                Normalizer.isNormalized(segment, Normalizer.Form.NFC)
                        ? segment
                        : Normalizer.normalize(segment, Normalizer.Form.NFC);
        int length = normal.codePointCount(0, normal.length());
        if (length < 1 || length > LONGEST_SEGMENT)
            throw refused(
                    segment,
                    "a segment has 1 to " + LONGEST_SEGMENT + " characters, not " + length);
        if (normal.codePoints().anyMatch(Character::isISOControl))
            throw refused(segment, "a segment has no control characters");
        return normal;
    }

    private static SkeinException refused(String name, String problem) {
        return new SkeinException(new Invalid.Name(name, problem));
    }

    private static String escaped(String segment) {
        return isPlain(segment) ? segment : withEscapes(segment);
    }

    private static boolean isPlain(String segment) {
        for (int i = 0; i < segment.length(); i++)
            if (":%/\\.".indexOf(segment.charAt(i)) >= 0) return false;
        return true;
    }

    private static String withEscapes(String segment) {
        boolean dotsOnly = segment.chars().allMatch(c -> c == '.');
        var key = new StringBuilder(segment.length());
        segment.chars()
                .forEach(c -> {
                    if (c == ':' || c == '%' || c == '/' || c == '\\' || (dotsOnly && c == '.'))
                        key.append('%').append(String.format("%02X", c));
                    else key.append((char) c);
                });
        return key.toString();
    }

    private static String unescaped(String part) {
        if (part.indexOf('%') < 0) return part;
        var text = new StringBuilder(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c != '%') text.append(c);
            else {
                text.append(escape(part, i));
                i += 2;
            }
        }
        return text.toString();
    }

    private static String escape(String part, int at) {
        try {
            byte[] one = {(byte) Integer.parseInt(part.substring(at + 1, at + 3), 16)};
            return new String(one, StandardCharsets.US_ASCII);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw refused(part, "% is not followed by two hexadecimal digits");
        }
    }
}
