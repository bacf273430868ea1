package dev.skein.server;

import dev.skein.event.EventReader;
import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import dev.skein.runtime.RunHandle;
import dev.skein.view.RunOverview;
import dev.skein.view.RunPicture;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * What each live root run looks like. A run is read from its first entry when somebody asks for the
 * first time, and from then on only what is new.
 */
final class Overviews {
    private final Runs runs;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    Overviews(Runs runs) {
        this.runs = runs;
    }

    /** What a run, root or not, looks like now. Endpoints for the program alone are left out. */
    RunPicture of(RunHandle<?> run) throws InterruptedException {
        var roots = runs.roots().stream().collect(Collectors.toMap(RunHandle::id, root -> root));
        kept.keySet().retainAll(roots.keySet());
        var root = roots.get(run.info().origin().root());
        if (root == null) throw new SkeinException(new Missing.Run(run.id()));
        return kept.computeIfAbsent(root.id(), _ -> kept(root))
                .now()
                .find(run.path())
                .map(Overviews::outside)
                .orElseThrow(() -> new SkeinException(new Missing.Run(run.id())));
    }

    private Kept kept(RunHandle<?> root) {
        return new Kept(
                root.id(),
                root.treeEvents(0),
                new RunOverview(runs.journal()::content),
                new ReentrantLock());
    }

    /** One root as far as it was read. */
    private record Kept(
            String root, EventReader reader, RunOverview overview, ReentrantLock reading) {
        RunPicture now() throws InterruptedException {
            reading.lockInterruptibly();
            try {
                for (var entry = reader.next(Duration.ZERO);
                        entry.isPresent();
                        entry = reader.next(Duration.ZERO)) overview.see(entry.get());
                return overview.picture()
                        .orElseThrow(() -> new SkeinException(new Missing.Run(root)));
            } finally {
                reading.unlock();
            }
        }
    }

    private static RunPicture outside(RunPicture run) {
        var all = run.surface();
        var surface =
                new RunPicture.Surface(
                        all.connections(),
                        all.endpoints().stream().filter(one -> !one.internal()).toList(),
                        all.calls(),
                        all.approvals());
        return new RunPicture(
                run.identity(),
                run.progress(),
                run.sessions(),
                run.children().stream().map(Overviews::outside).toList(),
                surface,
                run.events(),
                run.spent());
    }
}
