package dev.skein.home;

import dev.skein.policy.Control;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Deletes the folders of runs that ended long ago. One that may live is not touched. */
final class Pruning {
    private record Old(RunFolder folder, Instant over, long bytes) {}

    private final List<RunFolder> removed = new ArrayList<>();
    private long bytes;

    /** The folders that are gone. */
    static List<RunFolder> of(List<RunFolder> runs, Control.Retention keep, Instant now)
            throws IOException {
        var pruning = new Pruning();
        var kept = new ArrayDeque<Old>();
        for (var old : pruning.byAge(runs)) {
            if (old.over().isBefore(now.minus(keep.age()))) pruning.remove(old);
            else kept.add(old);
        }
        while (pruning.bytes > keep.bytes() && !kept.isEmpty()) pruning.remove(kept.poll());
        return pruning.removed;
    }

    private List<Old> byAge(List<RunFolder> runs) throws IOException {
        var old = new ArrayList<Old>();
        for (var run : runs) {
            long size = PrivateFiles.size(run.path());
            bytes += size;
            run.over().ifPresent(over -> old.add(new Old(run, over, size)));
        }
        old.sort(Comparator.comparing(Old::over));
        return old;
    }

    private void remove(Old old) throws IOException {
        PrivateFiles.delete(old.folder().path());
        bytes -= old.bytes();
        removed.add(old.folder());
    }
}
