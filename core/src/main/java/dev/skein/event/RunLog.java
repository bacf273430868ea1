package dev.skein.event;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The entries of one run, in order, and the content that they refer to. Guarded by the journal's
 * lock.
 */
final class RunLog {
    private final String run;
    private final ArrayList<Entry> entries = new ArrayList<>(16);
    private final Set<String> contents = new HashSet<>();

    RunLog(String run) {
        this.run = run;
    }

    String run() {
        return run;
    }

    int size() {
        return entries.size();
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    /** False if the run referred to it before. */
    boolean uses(String hash) {
        return contents.add(hash);
    }

    List<Entry> entries() {
        return entries;
    }

    Set<String> contents() {
        return contents;
    }

    boolean ended() {
        return !entries.isEmpty() && entries.getLast().event() instanceof RunEvent.RunEnded;
    }
}
