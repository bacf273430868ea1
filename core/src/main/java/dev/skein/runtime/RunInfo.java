package dev.skein.runtime;

import dev.skein.event.Origin;
import dev.skein.event.RunStatus;
import dev.skein.failure.Failure;
import dev.skein.model.Usage;
import dev.skein.name.Namespace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a list shows of a run, as it was at one moment.
 *
 * @param attempt 1, or more if a supervisor started it again
 * @param deadline null: none
 * @param previousFailure why the attempt before this one ended
 */
public record RunInfo(
        Origin origin,
        RunStatus status,
        int attempt,
        Instant started,
        @Nullable Instant deadline,
        @Nullable Failure previousFailure,
        Usage usage) {
    public String id() {
        return origin.run();
    }

    public @Nullable String parent() {
        return origin.parent();
    }

    /** The name of the agent or the workflow. */
    public String agent() {
        return origin.agent();
    }

    public String path() {
        return origin.path();
    }

    public Namespace namespace() {
        return origin.namespace();
    }
}
