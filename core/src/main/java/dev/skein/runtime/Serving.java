package dev.skein.runtime;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Marks the work that is done to serve a tool call: runs that it starts were asked for by a model.
 */
final class Serving {
    private static final String KEY = "skein.call";
    private static final ScopedValue<String> CALL = ScopedValue.newInstance();

    private Serving() {}

    static boolean toolCall() {
        return CALL.isBound();
    }

    static <T> T serving(String callId, Callable<T> work) throws Exception {
        try (var _ = new Ambience(Map.of(KEY, callId), List.of()).mark()) {
            return ScopedValue.where(CALL, callId).call(work::call);
        }
    }
}
