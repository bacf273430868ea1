package dev.skein.tool;

import org.jspecify.annotations.Nullable;

/**
 * The code of a tool: gets arguments that fit its schema; may block; is interrupted at its timeout.
 */
@FunctionalInterface
public interface Handler<A> {
    /** A text, record, list, {@code Json}, {@link ToolOutput}, or null for "done". */
    @Nullable Object handle(A arguments) throws Exception;
}
