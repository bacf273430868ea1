package dev.skein.machine;

import org.jspecify.annotations.Nullable;

/**
 * What a command wrote to one of its streams.
 *
 * @param text the first three quarters and the last quarter of what {@link Exec#cap()} keeps, with
 *     {@code [… n bytes left out …]} between them; no character is cut in half, and bytes that are
 *     no UTF-8 are U+FFFD
 * @param bytes how many it wrote
 * @param cut something was left out of the text
 * @param rest if something was left out, a private file of this computer with all of it, byte for
 *     byte; it is gone when the machine is closed. Null if the disk did not take it
 */
public record Captured(String text, long bytes, boolean cut, @Nullable String rest) {
    static final Captured NOTHING = new Captured("", 0, false, null);
}
