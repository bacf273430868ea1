package dev.skein.harness;

/**
 * Something that an agent is told.
 *
 * @param id by which its way is reported
 * @param from who says it: {@code run:} or {@code session:} and a path, {@code external:} and a
 *     tag, or {@code skein}
 */
public record Note(String id, String text, String from) {}
