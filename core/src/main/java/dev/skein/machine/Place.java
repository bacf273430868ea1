package dev.skein.machine;

/**
 * What a machine is made for.
 *
 * @param run the id of the run
 * @param ordinal counts the machines of the run from 1
 * @param epoch counts how often this one was made, from 1
 * @param processes starts what runs in it
 */
public record Place(String run, int ordinal, long epoch, Processes processes) {
    private static final int SHOWN = 8;

    /** What the machine is called outside: {@code skein-<run>-<ordinal>-<epoch>}. */
    public String name() {
        var start = run.substring(0, Math.min(SHOWN, run.length()));
        return "skein-" + start + "-" + ordinal + "-" + epoch;
    }
}
