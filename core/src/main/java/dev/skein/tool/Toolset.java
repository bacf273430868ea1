package dev.skein.tool;

import java.util.List;
import java.util.Optional;

/**
 * A source of tools. It is opened once per runtime, at first use, and closed with it. Thread-safe.
 */
public interface Toolset extends AutoCloseable {
    String name();

    /**
     * The tools as they are now; may block on what it connects to. Asked once until {@link
     * ToolsetContext#changed()} is called.
     *
     * @throws dev.skein.failure.SkeinException with {@code tool.unavailable} if the source is down
     */
    List<Tool> tools(ToolsetContext context) throws InterruptedException;

    /**
     * The tools, if they never change and asking for them contacts nobody; then they are checked
     * when a runtime opens.
     */
    default Optional<List<Tool>> fixed() {
        return Optional.empty();
    }

    @Override
    default void close() {}

    static Toolset of(Tool... tools) {
        return new FixedToolset("tools", List.of(tools));
    }

    static Toolset of(String name, List<Tool> tools) {
        return new FixedToolset(name, List.copyOf(tools));
    }

    /**
     * The public methods of {@code target} that carry {@link ToolMethod}. A parameter of type
     * {@link ToolContext} is filled in.
     *
     * @throws dev.skein.failure.SkeinException with {@code invalid.tool} if parameter names were
     *     not compiled in
     */
    static Toolset methodsOf(Object target) {
        return new FixedToolset(target.getClass().getSimpleName(), MethodTool.of(target));
    }

    static Toolset empty() {
        return new FixedToolset("none", List.of());
    }
}
