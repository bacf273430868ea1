package dev.skein.runtime;

import dev.skein.harness.Seat;
import dev.skein.tool.ToolSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** What an agent that thinks elsewhere knows it may call. Thread-safe. */
final class OfferedTools {
    private final LiveSession session;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ToolSpec> known = new LinkedHashMap<>();
    private List<ToolSpec> ofAgent = List.of();

    OfferedTools(LiveSession session) {
        this.session = session;
    }

    /** What it is told when it starts. */
    List<ToolSpec> atStart() {
        lock.lock();
        try {
            known.clear();
            for (var spec : wanted()) known.put(spec.name(), spec);
            return List.copyOf(known.values());
        } finally {
            lock.unlock();
        }
    }

    /** Those of its definition, beside those of the session. */
    void ofAgent(List<ToolSpec> specs) {
        lock.lock();
        try {
            ofAgent = specs;
        } finally {
            lock.unlock();
        }
    }

    /** It is told what has changed. */
    void tell(Seat seat) {
        lock.lock();
        try {
            var wanted = wanted();
            for (var name : List.copyOf(known.keySet()))
                if (wanted.stream().noneMatch(spec -> spec.name().equals(name))) {
                    known.remove(name);
                    seat.withdraw(name);
                }
            for (var spec : wanted)
                if (!spec.equals(known.put(spec.name(), spec))) seat.offer(spec);
        } finally {
            lock.unlock();
        }
    }

    private List<ToolSpec> wanted() {
        var wanted = new ArrayList<>(session.tools().offered().specs());
        for (var spec : ofAgent)
            if (wanted.stream().noneMatch(one -> one.name().equals(spec.name()))) wanted.add(spec);
        return wanted;
    }
}
