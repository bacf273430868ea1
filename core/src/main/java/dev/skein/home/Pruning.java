package dev.skein.home;

import dev.skein.policy.Control;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Deletes the folders of runs that ended long ago. One that may live is not touched. */
final class Pruning {
    private record Old(RunFolder folder, Instant over, long bytes) {}

    private final BooleanSupplier enough;
    private final List<RunFolder> removed = new ArrayList<>();
    private final List<Old> kept = new ArrayList<>();
    private long bytes;

    private Pruning(BooleanSupplier enough) {
        this.enough = enough;
    }

    /**
     * The folders that are gone: those too old first, each when it is found, so that something is
     * done even if there is never time to look at all.
     *
     * @param enough asked before each folder; true: the others stay for the next time
     */
    static List<RunFolder> of(
            List<RunFolder> runs, Control.Retention keep, Instant now, BooleanSupplier enough)
            throws IOException {
        var pruning = new Pruning(enough);
        pruning.byAge(runs, now.minus(keep.age()));
        pruning.bySize(keep.bytes());
        return pruning.removed;
    }

    private void byAge(List<RunFolder> runs, Instant oldest) throws IOException {
        for (var run : runs) {
            if (enough.getAsBoolean()) return;
            var over = run.over();
            if (over.isPresent() && over.get().isBefore(oldest)) {
                remove(run);
                continue;
            }
            long size = PrivateFiles.size(run.path());
            bytes += size;
            over.ifPresent(when -> kept.add(new Old(run, when, size)));
        }
    }

    private void bySize(long most) throws IOException {
        kept.sort(Comparator.comparing(Old::over));
        for (var old : kept) {
            if (bytes <= most || enough.getAsBoolean()) return;
            remove(old.folder());
            bytes -= old.bytes();
        }
    }

    private void remove(RunFolder folder) throws IOException {
        PrivateFiles.delete(folder.path());
        removed.add(folder);
    }
}
