package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.event.TurnEvent;
import dev.skein.model.Message;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import dev.skein.testkit.ForwardingSessionStore;
import dev.skein.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a conversation is written, and how often. */
class SavedTurnsTest {
    record Nothing() {}

    private static final ModelAgent<String> ATLAS = ModelAgent.of("Atlas");
    private static final Namespace BOB = Namespace.of("bob");

    private static List<Message> messages(AgentRuntime runtime, Namespace namespace, String agent) {
        return runtime.sessions().load(new SessionKey(namespace, agent)).orElseThrow().messages();
    }

    /** Counts what is written. */
    private static final class Counting extends ForwardingSessionStore {
        private final AtomicInteger appends;

        Counting(AtomicInteger appends) {
            super(SessionStore.inMemory());
            this.appends = appends;
        }

        @Override
        public long append(SessionKey key, long expectedVersion, SessionChange change) {
            appends.incrementAndGet();
            return super.append(key, expectedVersion, change);
        }
    }

    @Test
    @Tag("AG-46")
    void eachTurnIsSavedOnceAndSeenWhileTheNextOneRuns() throws Exception {
        var holder = new ArrayList<AgentRuntime>();
        var seen = new ArrayList<Integer>();
        var tool =
                Tool.of(
                        "note",
                        "Notes",
                        Nothing.class,
                        _ -> {
                            var runtime = holder.getFirst();
                            seen.add(messages(runtime, BOB, "Atlas").size());
                            seen.add(Facts.all(runtime, TurnEvent.TurnEnded.class).size());
                            return "noted";
                        });
        var appends = new AtomicInteger();
        var note = call("note", new Nothing());
        var config =
                RuntimeConfig.of(ATLAS)
                        .withModel(ScriptedModel.of(note, note, note, text("done")))
                        .withTools(tool)
                        .withSessions(new Counting(appends));
        try (var runtime = AgentRuntime.open(config)) {
            holder.add(runtime);
            runtime.run(ATLAS.withTools("note"), Task.of("x").in(BOB)).orThrow();
        }
        assertThat(appends).as("the user's message, three turns, the answer").hasValue(5);
        assertThat(seen).containsExactly(1, 0, 3, 1, 5, 2);
    }

    @Test
    @Tag("AG-47")
    void theLastTurnOfALimitIsSavedOnce() throws Exception {
        var tool = Tool.of("note", "Notes", Nothing.class, _ -> "noted");
        var appends = new AtomicInteger();
        var config =
                RuntimeConfig.of(ATLAS)
                        .withModel(always(call("note", new Nothing())))
                        .withTools(tool)
                        .withSessions(new Counting(appends));
        try (var runtime = AgentRuntime.open(config)) {
            var task = Task.of("x").in(BOB).withMaxTurns(2);
            assertThat(runtime.run(ATLAS.withTools("note"), task).isCompleted()).isFalse();
            assertThat(messages(runtime, BOB, "Atlas")).hasSize(5);
        }
        assertThat(appends).hasValue(3);
    }
}
