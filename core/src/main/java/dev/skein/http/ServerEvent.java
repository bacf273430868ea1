package dev.skein.http;

/**
 * One event of a stream of server-sent events.
 *
 * @param name what the server called it; {@code message} if it did not
 * @param data its data lines, joined by line feeds
 */
public record ServerEvent(String name, String data) {}
