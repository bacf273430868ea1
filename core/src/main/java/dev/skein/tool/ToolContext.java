package dev.skein.tool;

import dev.skein.json.Json;
import dev.skein.name.Namespace;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

/** For whom a call runs. */
public interface ToolContext {
    String runId();

    String agent();

    Namespace namespace();

    String callId();

    /** The same whenever this call is carried out again, so that an effect can be made once. */
    String key();

    /** When the call is interrupted. */
    Instant deadline();

    /** A value of the session's metadata. */
    Optional<Json> session(String key);

    /** Tells watchers how far the call is; kept in the journal, at most 4,096 characters. */
    void progress(String text);

    /**
     * Carries the run to a thread of the caller's own: what {@code work} starts there are children
     * of this run.
     */
    <T> Callable<T> bind(Callable<T> work);
}
