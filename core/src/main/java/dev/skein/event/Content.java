package dev.skein.event;

import org.jspecify.annotations.Nullable;

/**
 * A kept text, and how many uses of it the logs of runs hold. Guarded by the journal's lock.
 *
 * <p>A run that uses it again and again is counted once as long as no other run comes between; that
 * needs no set of contents for every run.
 */
final class Content {
    private final String hash;
    private final String text;
    private final long size;
    private @Nullable String lastRun;
    private int uses;

    /**
     * Used by nobody yet.
     *
     * @param size in bytes
     */
    Content(String hash, String text, long size) {
        this.hash = hash;
        this.text = text;
        this.size = size;
    }

    String hash() {
        return hash;
    }

    String text() {
        return text;
    }

    long size() {
        return size;
    }

    /** True if this use has to be given back. */
    boolean usedBy(String run) {
        if (run.equals(lastRun)) return false;
        lastRun = run;
        uses++;
        return true;
    }

    /** Gives a use back; true if it was the last. */
    boolean released() {
        return --uses == 0;
    }
}
