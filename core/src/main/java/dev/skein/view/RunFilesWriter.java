package dev.skein.view;

import dev.skein.event.Cursor;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.EventReader;
import dev.skein.event.RunEvent;
import dev.skein.event.RuntimeEvent;
import dev.skein.policy.Control;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes the files of runs. It takes what the journal has, up to a thousand
 * entries, writes that, and waits for more or until a page is due.
 */
final class RunFilesWriter implements Runnable {
    private static final int TOGETHER = 1000;
    private static final Duration LONG = Duration.ofHours(1);
    private static final String WORKFLOW = "workflow";

    private final RunFiles.Place place;
    private final Written progress;
    private final Map<String, List<Entry>> undecided = new HashMap<>();
    private final Map<String, RootFiles> roots = new HashMap<>();
    private final Set<RootFiles> touched = new LinkedHashSet<>();
    private volatile long end = Long.MAX_VALUE;

    RunFilesWriter(RunFiles.Place place, Written progress) {
        this.place = place;
        this.progress = progress;
    }

    /** What is in the journal now is the last that is written. */
    void end() {
        if (end == Long.MAX_VALUE) end = place.journal().last();
    }

    @Override
    public void run() {
        try (var reader = place.journal().read(Cursor.start())) {
            while (reader.position() < end && !reader.ended()) {
                takeSome(reader);
                flush(false);
                progress.through(reader.position());
            }
            touched.addAll(roots.values());
            flush(true);
        } catch (IOException | RuntimeException e) {
            // Files are a convenience: no run ends because of them.
            var said = "The files of runs in " + place.folder() + " are not written any more.";
            place.log().log(System.Logger.Level.WARNING, said, e);
        } finally {
            progress.end();
        }
    }

    private void takeSome(EventReader reader) throws IOException {
        var entry = next(reader, patience(place.time().nanos()));
        for (int taken = 1; entry.isPresent(); taken++) {
            take(entry.get());
            if (taken == TOGETHER || reader.position() >= end) return;
            entry = next(reader, Duration.ZERO);
        }
    }

    /** An interrupt says that the end was set; it is this thread's own and ends nothing else. */
    private Optional<Entry> next(EventReader reader, Duration limit) {
        try {
            return reader.next(end == Long.MAX_VALUE ? limit : Duration.ZERO);
        } catch (InterruptedException e) {
            return Optional.empty();
        }
    }

    private Duration patience(long now) {
        var wait = LONG;
        for (var root : touched) {
            var left = Duration.ofNanos(Math.max(0, root.left(now)));
            if (left.compareTo(wait) < 0) wait = left;
        }
        return wait;
    }

    private void take(Entry entry) throws IOException {
        long now = place.time().nanos();
        if (entry.event() instanceof Event.Gap) {
            for (var root : roots.values()) {
                take(root, entry, now);
                // A run that the journal knows no longer has ended among what is missing.
                if (place.journal().last(root.id()) == 0) root.lose();
            }
            return;
        }
        var root = roots.get(entry.origin().root());
        if (root != null) take(root, entry, now);
        else decide(entry, now);
    }

    private void take(RootFiles root, Entry entry, long now) throws IOException {
        root.take(entry, now);
        touched.add(root);
    }

    /** A root is a workflow or not when it starts; what came before is kept until then. */
    private void decide(Entry entry, long now) throws IOException {
        var id = entry.origin().root();
        boolean own = entry.origin().run().equals(id);
        if (own && entry.number() == 1) undecided.put(id, new ArrayList<>());
        var before = undecided.get(id);
        if (before == null) return;
        before.add(entry);
        var wanted = own ? wanted(entry.event()) : null;
        if (wanted == null) return;
        undecided.remove(id);
        if (!wanted) return;
        var root = RootFiles.make(place, before.getFirst());
        roots.put(id, root);
        for (var one : before) take(root, one, now);
    }

    /** Null: that cannot be said yet. */
    private @Nullable Boolean wanted(Event event) {
        if (event instanceof RuntimeEvent) return false; // it belongs to no run
        if (place.setting().which() == Control.RunFiles.ALL) return true;
        return switch (event) {
            case RunEvent.RunStarted(var backend, _, _) -> backend.equals(WORKFLOW);
            case RunEvent.RunEnded _ -> false;
            default -> null;
        };
    }

    private void flush(boolean all) throws IOException {
        long now = place.time().nanos();
        for (var each = touched.iterator(); each.hasNext(); ) {
            var root = each.next();
            root.flush(now, all);
            if (root.over()) roots.remove(root.id());
            if (!root.owes()) each.remove();
        }
    }
}
