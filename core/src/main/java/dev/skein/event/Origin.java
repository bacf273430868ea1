package dev.skein.event;

import dev.skein.name.Namespace;
import org.jspecify.annotations.Nullable;

/** Where a fact belongs: which run, of which tree, for whom. */
public record Origin(
        String run,
        String root,
        @Nullable String parent,
        String agent,
        Namespace namespace,
        String path,
        Trace trace) {}
