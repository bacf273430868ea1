package dev.skein.runtime;

import dev.skein.policy.ContextCarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What surrounds a run on every thread that works for it: the logging context and what carriers
 * captured where it was asked for.
 */
record Ambience(Map<String, String> logged, List<Carried> carried) {
    /** A carrier with what it captured. */
    record Carried(ContextCarrier carrier, Map<String, String> captured) {}

    static List<Carried> capture(List<ContextCarrier> carriers) {
        if (carriers.isEmpty()) return List.of();
        var carried = new ArrayList<Carried>(carriers.size());
        for (var carrier : carriers)
            carried.add(new Carried(carrier, Map.copyOf(carrier.capture())));
        return List.copyOf(carried);
    }

    /** Puts the logging context up; closing the mark restores what was there. */
    Mark mark() {
        var before = new ArrayList<@Nullable String>(logged.size());
        for (var entry : logged.entrySet()) {
            before.add(MDC.get(entry.getKey()));
            MDC.put(entry.getKey(), entry.getValue());
        }
        return new Mark(List.copyOf(logged.keySet()), before);
    }

    record Mark(List<String> keys, List<@Nullable String> before) implements AutoCloseable {
        @Override
        public void close() {
            for (int i = 0; i < keys.size(); i++) {
                var value = before.get(i);
                if (value == null) MDC.remove(keys.get(i));
                else MDC.put(keys.get(i), value);
            }
        }
    }

    <T> T around(Callable<T> work) throws Exception {
        try (var _ = mark()) {
            return within(0, work);
        }
    }

    private <T> T within(int index, Callable<T> work) throws Exception {
        if (index == carried.size()) return work.call();
        var next = carried.get(index);
        return next.carrier().within(next.captured(), () -> within(index + 1, work));
    }
}
