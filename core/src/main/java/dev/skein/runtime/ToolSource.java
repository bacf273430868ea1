package dev.skein.runtime;

import dev.skein.failure.Conflict;
import dev.skein.failure.SkeinException;
import dev.skein.failure.ToolFailure;
import dev.skein.tool.Tool;
import dev.skein.tool.Toolset;
import dev.skein.tool.ToolsetContext;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A toolset as the runtime holds it: asked at first use, by one user for all who wait, and again
 * only when it says that it changed. What it could not give is tried again by the next run.
 */
final class ToolSource implements ToolsetContext, AutoCloseable {
    private final Toolset toolset;
    private final AtomicReference<@Nullable FutureTask<List<Tool>>> listing =
            new AtomicReference<>();

    ToolSource(Toolset toolset) {
        this.toolset = toolset;
    }

    String name() {
        return toolset.name();
    }

    Toolset toolset() {
        return toolset;
    }

    /**
     * The tools by name; the same list until it changed.
     *
     * @throws SkeinException with {@code tool.unavailable} or {@code conflict.name}
     */
    List<Tool> tools() throws InterruptedException {
        while (true) {
            var task = listing.get();
            boolean mine = task == null;
            if (task == null) {
                task = new FutureTask<>(() -> sorted(toolset.tools(this)));
                if (!listing.compareAndSet(null, task)) continue;
                task.run();
            }
            try {
                return task.get();
            } catch (ExecutionException e) {
                listing.compareAndSet(task, null);
                if (!(e.getCause() instanceof InterruptedException))
                    throw unavailable(e.getCause());
                if (mine)
                    throw new InterruptedException("while toolset '" + name() + "' was asked");
            }
        }
    }

    @Override
    public void changed() {
        listing.set(null);
    }

    @Override
    public void close() {
        toolset.close();
    }

    static List<Tool> sorted(List<Tool> tools) {
        var seen = new HashSet<>(Set.of(ReadOutput.NAME));
        for (var tool : tools) {
            var name = tool.spec().name();
            if (!seen.add(name)) throw new SkeinException(new Conflict.Name("tools", name, name));
        }
        return tools.stream()
                .sorted(Comparator.comparing((Tool tool) -> tool.spec().name()))
                .toList();
    }

    private SkeinException unavailable(@Nullable Throwable cause) {
        if (cause instanceof SkeinException ours) return ours;
        var problem =
                cause == null
                        ? "it failed"
                        : Failures.simpleName(cause) + ": " + cause.getMessage();
        var failure = new ToolFailure.Unavailable("toolset " + name(), problem, true);
        return cause == null ? new SkeinException(failure) : new SkeinException(failure, cause);
    }
}
