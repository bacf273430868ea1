package dev.skein.event;

/** From where, and what, a reader reads. */
public sealed interface Cursor {
    /** Everything after that {@code seq}. */
    record All(long after) implements Cursor {}

    /** One run, after that {@code number}; ends with the run. */
    record OfRun(String run, long afterNumber) implements Cursor {}

    /** A run and all its descendants, after that {@code seq}; ends with the run. */
    record OfTree(String run, long after) implements Cursor {}

    /** A live session of that path with its turns, after that {@code seq}; ends with the run. */
    record OfSession(String run, String path, long after) implements Cursor {}

    static Cursor start() {
        return new All(0);
    }
}
