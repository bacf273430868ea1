package dev.skein.runtime;

import java.util.concurrent.Callable;
import org.slf4j.MDC;

/**
 * Marks the work that is done to serve a tool call: runs that it starts were asked for by a model.
 */
final class Serving {
    private static final ScopedValue<String> CALL = ScopedValue.newInstance();

    private Serving() {}

    static boolean toolCall() {
        return CALL.isBound();
    }

    static <T> T serving(String callId, Callable<T> work) throws Exception {
        try (var _ = MDC.putCloseable("skein.call", callId)) {
            return ScopedValue.where(CALL, callId).call(work::call);
        }
    }
}
