package dev.skein.agent;

import dev.skein.name.Namespace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which run it is. */
public record RunView(
        String id,
        @Nullable String parent,
        String agent,
        Namespace namespace,
        int depth,
        Instant deadline) {}
