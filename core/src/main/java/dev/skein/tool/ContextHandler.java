package dev.skein.tool;

import org.jspecify.annotations.Nullable;

/** A {@link Handler} that also wants to know for whom it works. */
@FunctionalInterface
public interface ContextHandler<A> {
    @Nullable Object handle(A arguments, ToolContext context) throws Exception;
}
