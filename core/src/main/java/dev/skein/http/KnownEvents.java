package dev.skein.http;

/** Knows events by their bytes, so that they need not be read as text. */
@FunctionalInterface
public interface KnownEvents {
    /**
     * Takes notice of the event that begins at a place, if it is known.
     *
     * @param from a place between two events
     * @return where its empty line ends; {@code from} if that takes more bytes than are there; -1
     *     if the event is not known
     */
    int end(byte[] bytes, int from, int to);
}
