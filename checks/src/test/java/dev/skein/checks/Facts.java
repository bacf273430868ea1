package dev.skein.checks;

import dev.skein.event.Cursor;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.runtime.AgentRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a journal holds at this moment. */
final class Facts {
    private Facts() {}

    static List<Entry> of(AgentRuntime runtime) throws InterruptedException {
        return read(runtime, Cursor.start());
    }

    static List<Entry> ofRun(AgentRuntime runtime, String run) throws InterruptedException {
        return read(runtime, new Cursor.OfRun(run, 0));
    }

    static <E extends Event> List<E> all(AgentRuntime runtime, Class<E> type)
            throws InterruptedException {
        return of(runtime).stream()
                .map(Entry::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static List<Entry> read(AgentRuntime runtime, Cursor cursor)
            throws InterruptedException {
        var entries = new ArrayList<Entry>();
        try (var reader = runtime.journal().read(cursor)) {
            for (var next = reader.next(Duration.ZERO);
                    next.isPresent();
                    next = reader.next(Duration.ZERO)) entries.add(next.get());
        }
        return entries;
    }
}
