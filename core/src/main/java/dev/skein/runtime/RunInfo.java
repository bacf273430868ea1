package dev.skein.runtime;

import dev.skein.event.RunStatus;
import dev.skein.model.Usage;
import dev.skein.name.Namespace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a list shows of a run, as it was at one moment. */
public record RunInfo(
        String id,
        @Nullable String parent,
        String agent,
        Namespace namespace,
        RunStatus status,
        Instant started,
        Usage usage) {}
