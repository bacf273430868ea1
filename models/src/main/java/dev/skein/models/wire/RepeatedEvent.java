package dev.skein.models.wire;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Knows the next event of a stream that is the last one but for a piece of text, without reading it
 * as JSON again: most of a stream's events are, and reading them is most of what a stream costs.
 */
public final class RepeatedEvent {
    private String before = "";
    private String after = "";

    /**
     * Learns an event that says nothing but this piece of text, if it is certain where the piece
     * stands: without escapes, what stands there once in quotes is the text itself.
     */
    public void learn(String event, String piece) {
        var quoted = '"' + piece + '"';
        int at = event.indexOf(quoted);
        if (at < 0 || event.lastIndexOf(quoted) != at || event.indexOf('\\') >= 0) return;
        before = event.substring(0, at + 1);
        after = event.substring(at + 1 + piece.length());
    }

    /** What stands in the place of the learned piece; null if the event differs elsewhere. */
    public @Nullable String piece(String event) {
        int end = event.length() - after.length();
        if (before.isEmpty() || end < before.length()) return null;
        if (!event.startsWith(before) || !event.endsWith(after)) return null;
        var piece = event.substring(before.length(), end);
        return isPlain(piece) ? piece : unescaped(piece);
    }

    private static boolean isPlain(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (c == '"' || c == '\\' || c < ' ') return false;
        }
        return true;
    }

    /** Null if this is not the inside of one text, but the end of one and more behind it. */
    private static @Nullable String unescaped(String piece) {
        try {
            return Json.parse('"' + piece + '"').text();
        } catch (SkeinException e) {
            return null; // then the event is read as a whole, and says itself what is wrong
        }
    }
}
