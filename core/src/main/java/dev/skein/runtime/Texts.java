package dev.skein.runtime;

import dev.skein.failure.Invalid;
import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import java.nio.charset.StandardCharsets;

/** What may be said to an agent. */
final class Texts {
    private static final int MOST_BYTES = 1 << 20;

    private Texts() {}

    /** Without control characters but newline and tab; 1 byte to 1 MiB of it. */
    static String message(String text) {
        var clean = new StringBuilder(text.length());
        text.chars()
                .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
                .forEach(c -> clean.append((char) c));
        if (clean.isEmpty())
            throw new SkeinException(
                    new Invalid.Call("A message is empty.", "Send at least one character."));
        int bytes = clean.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES)
            throw new SkeinException(
                    new Limit.Size(
                            "A message", bytes, MOST_BYTES, "bytes", "Send less, or a file."));
        return clean.toString();
    }
}
