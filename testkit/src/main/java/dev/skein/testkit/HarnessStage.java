package dev.skein.testkit;

import dev.skein.agent.HarnessAgent;
import dev.skein.agent.RunResult;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.harness.Harness;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Scope;
import dev.skein.runtime.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Workflows around an agent that thinks elsewhere, and what was seen of them. */
final class HarnessStage {
    static final Duration LONG = Duration.ofSeconds(60);

    private final Harness harness;
    private RuntimeConfig config;

    interface Body {
        @Nullable Object run(Scope scope) throws Exception;
    }

    /** What the body gave, and every entry of the run and what is below it. */
    record Seen(RunResult<@Nullable Object> result, List<Entry> entries) {
        <E> List<E> all(Class<E> type) {
            return entries.stream()
                    .map(Entry::event)
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }

        List<SessionState> states() {
            return all(SessionEvent.SessionChanged.class).stream()
                    .map(SessionEvent.SessionChanged::to)
                    .toList();
        }
    }

    HarnessStage(Harness harness) {
        this.harness = harness;
        this.config = RuntimeConfig.defaults().withHarnesses(harness);
    }

    HarnessAgent<String> agent(String name) {
        return HarnessAgent.of(name, harness.id());
    }

    HarnessStage with(RuntimeConfig changed) {
        config = changed;
        return this;
    }

    RuntimeConfig config() {
        return config;
    }

    Seen run(Body body) throws InterruptedException {
        try (var runtime = AgentRuntime.open(config)) {
            Workflow<@Nullable Void, @Nullable Object> workflow =
                    Workflow.named("root", (scope, _) -> body.run(scope));
            var handle = runtime.spawn("root", workflow, null);
            var result = handle.result();
            var entries = new ArrayList<Entry>();
            try (var events = handle.treeEvents(0)) {
                events.forEach(entries::add);
            }
            return new Seen(result, entries);
        }
    }

    /** Blocks until the session has told such a thing. */
    static <E extends Event> E await(
            AgentSession session, Class<E> type, Predicate<? super E> where)
            throws InterruptedException {
        try (var events = session.events()) {
            return events.first(type, where, LONG)
                    .orElseThrow(() -> new AssertionError("no such " + type.getSimpleName()));
        }
    }

    static void awaitState(AgentSession session, SessionState state) throws InterruptedException {
        await(session, SessionEvent.SessionChanged.class, change -> change.to() == state);
    }
}
