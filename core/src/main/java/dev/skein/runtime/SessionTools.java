package dev.skein.runtime;

import dev.skein.event.ToolEvent;
import dev.skein.failure.Conflict;
import dev.skein.failure.Limit;
import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.tool.Sharing;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolContext;
import dev.skein.tool.ToolOutput;
import dev.skein.tool.ToolSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The tools that a live session has beside those of its agent: the engine's own for its peers
 * first, then those of its owner. They change while the agent works; it is shown what there is
 * before each of its model calls.
 */
final class SessionTools {
    private static final int MOST = 128;

    private final LiveSession session;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Tool> given = new LinkedHashMap<>();
    private final Map<Engines, List<Tool>> engines = new EnumMap<>(Engines.class);
    private @Nullable Offered offered;

    /** For what the engine gives tools of its own, in the order in which they are shown. */
    enum Engines {
        PEERS,
        WORK,
        QUESTION
    }

    /** What there is at one moment; the same object as long as nothing changed. */
    record Offered(Map<String, Tool> byName, List<ToolSpec> specs) {
        static Offered nothing() {
            return new Offered(Map.of(), List.of());
        }
    }

    SessionTools(LiveSession session) {
        this.session = session;
    }

    void give(Tool tool) {
        var name = tool.spec().name();
        lock.lock();
        try {
            if (Peers.NAMES.contains(name))
                throw new SkeinException(
                        new Conflict.Name("tools of '" + session.path() + "'", name, name));
            if (given.size() >= MOST && !given.containsKey(name))
                throw new SkeinException(new Limit.Load("tools of '" + session.path() + "'", MOST));
            record(tool.spec());
            given.put(name, tool);
            offered = null;
        } finally {
            lock.unlock();
        }
        session.toolsChanged();
    }

    private void record(ToolSpec spec) {
        session.record(
                new ToolEvent.ToolOffered(spec.name(), spec.description(), spec.input().schema()));
    }

    void withdraw(String name) {
        lock.lock();
        try {
            if (given.remove(name) == null) return;
            session.record(new ToolEvent.ToolWithdrawn(name));
            offered = null;
        } finally {
            lock.unlock();
        }
        session.toolsChanged();
    }

    /** Replaces the engine's own for that. */
    void give(Engines what, List<Tool> tools) {
        lock.lock();
        try {
            var before = engines.getOrDefault(what, List.of());
            for (var tool : tools)
                if (before.stream().noneMatch(old -> old.spec().equals(tool.spec())))
                    record(tool.spec());
            for (var old : before)
                if (tools.stream().noneMatch(tool -> tool.spec().name().equals(old.spec().name())))
                    session.record(new ToolEvent.ToolWithdrawn(old.spec().name()));
            engines.put(what, tools);
            offered = null;
        } finally {
            lock.unlock();
        }
        session.toolsChanged();
    }

    Offered offered() {
        lock.lock();
        try {
            var before = offered;
            if (before != null) return before;
            var byName = new LinkedHashMap<String, Tool>();
            var specs = new ArrayList<ToolSpec>();
            for (var tools : engines.values())
                for (var tool : tools)
                    add(new Handled(this, session, shown(tool), true), byName, specs);
            for (var tool : given.values())
                add(new Handled(this, session, shown(tool), false), byName, specs);
            var fresh = new Offered(Map.copyOf(byName), List.copyOf(specs));
            offered = fresh;
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    private static void add(Tool tool, Map<String, Tool> byName, List<ToolSpec> specs) {
        byName.put(tool.spec().name(), tool);
        specs.add(tool.spec());
    }

    /** Handlers run one after another unless they say otherwise. */
    private static ToolSpec shown(Tool tool) {
        var spec = tool.spec();
        boolean parallel = spec.limits().sharing() == Sharing.ALWAYS;
        return spec.withLimits(spec.limits().withSharing(parallel ? Sharing.TURN : Sharing.ALONE));
    }

    private @Nullable Tool current(String name) {
        lock.lock();
        try {
            var own = given.get(name);
            if (own != null) return own;
            return engines.values().stream()
                    .flatMap(List::stream)
                    .filter(tool -> tool.spec().name().equals(name))
                    .findFirst()
                    .orElse(null);
        } finally {
            lock.unlock();
        }
    }

    /**
     * A tool of the session as the gate knows it: the handler that there is when it is called.
     *
     * @param engines the engine's own, which trust does not govern
     */
    record Handled(SessionTools table, LiveSession session, ToolSpec spec, boolean engines)
            implements Tool {
        @Override
        public ToolOutput call(Json arguments, ToolContext context) throws Exception {
            var tool = table.current(spec.name());
            if (tool == null) return new ToolOutput.Error(new Missing.Tool(spec.name(), List.of()));
            session.attention().called(spec.name());
            return Scopes.serving(
                    session.scope(), session.busy(), () -> tool.call(arguments, context));
        }
    }
}
