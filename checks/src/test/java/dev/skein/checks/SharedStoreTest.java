package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.failure.Conflict;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.Session;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import dev.skein.testkit.ForwardingSessionStore;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes that write to one conversation: the version decides, and nothing is lost. */
class SharedStoreTest {
    private static final ModelAgent<String> ATLAS = ModelAgent.of("Atlas");
    private static final Namespace BOB = Namespace.of("bob");
    private static final SessionKey KEY = new SessionKey(BOB, "Atlas");

    /** A store in which somebody else is faster: right before our changes with those numbers. */
    private static final class Contested extends ForwardingSessionStore {
        private final List<Integer> faster;
        private final AtomicInteger changes = new AtomicInteger();

        Contested(Integer... faster) {
            super(SessionStore.inMemory());
            this.faster = List.of(faster);
        }

        @Override
        public long append(SessionKey key, long expectedVersion, SessionChange change) {
            beFaster(key);
            return super.append(key, expectedVersion, change);
        }

        @Override
        public long replace(SessionKey key, long expectedVersion, Session session) {
            beFaster(key);
            return super.replace(key, expectedVersion, session);
        }

        /** It is looked at when the runtime is closed. */
        @Override
        public void close() {}

        private void beFaster(SessionKey key) {
            if (faster.contains(changes.incrementAndGet()))
                write(key, Message.User.of("theirs " + changes, Instant.EPOCH));
        }

        void write(SessionKey key, Message message) {
            long version = load(key).map(Session::version).orElse(0L);
            super.append(key, version, SessionChange.of(List.of(message), Instant.EPOCH));
        }
    }

    @Test
    @Tag("AG-72")
    void aRunWhoseModelHasNotAnsweredReadsWhatTheOtherWroteAndGoesOn() throws Exception {
        var model = always(text("ours"));
        var store = new Contested(1, 2, 3);
        try (var runtime =
                AgentRuntime.open(RuntimeConfig.of(ATLAS).withModel(model).withSessions(store))) {
            runtime.run(ATLAS, Task.of("task").in(BOB)).orThrow();
            assertThat(model.calls()).hasSize(1);
            assertThat(model.calls().getFirst().messages().getLast().text())
                    .isEqualTo("theirs 1\n\ntheirs 2\n\ntheirs 3\n\ntask");
        }
        assertThat(store.load(KEY).orElseThrow().messages())
                .extracting(Message::text)
                .containsExactly("theirs 1", "theirs 2", "theirs 3", "task", "ours");
    }

    @Test
    @Tag("AG-72")
    void aRunWhoseModelHasAnsweredLosesAndTheOthersWordsStand() throws Exception {
        var store = new Contested(2);
        try (var runtime =
                AgentRuntime.open(
                        RuntimeConfig.of(ATLAS)
                                .withModel(always(text("ours")))
                                .withSessions(store))) {
            assertThat(runtime.run(ATLAS, Task.of("task").in(BOB)))
                    .isInstanceOfSatisfying(
                            RunResult.Failed.class,
                            failed ->
                                    assertThat(failed.failure())
                                            .isInstanceOf(Conflict.Version.class));
        }
        assertThat(store.load(KEY).orElseThrow().messages())
                .extracting(Message::text)
                .containsExactly("task", "theirs 2");
    }

    @Test
    @Tag("AG-72")
    @Tag("AG-74")
    void aRunThatMendsReadsWhatTheOtherWroteMeanwhileAndGoesOn() throws Exception {
        var store = new Contested(1, 2);
        var lost = new ToolCall("c1", "gone", Json.object());
        var broken = Message.Assistant.of("", Instant.EPOCH).withCalls(List.of(lost));
        store.write(KEY, Message.User.of("before", Instant.EPOCH));
        store.write(KEY, broken);
        try (var runtime =
                AgentRuntime.open(
                        RuntimeConfig.of(ATLAS)
                                .withModel(always(text("ours")))
                                .withSessions(store))) {
            runtime.run(ATLAS, Task.of("task").in(BOB)).orThrow();
        }
        var kept = store.load(KEY).orElseThrow().messages();
        assertThat(kept)
                .extracting(Message::text)
                .contains("before", "theirs 1", "theirs 2", "ours")
                .endsWith("task", "ours");
        int call = kept.indexOf(broken);
        assertThat(kept.get(call + 1))
                .isInstanceOfSatisfying(
                        Message.Results.class,
                        results ->
                                assertThat(results.results())
                                        .extracting(ToolResult::callId)
                                        .containsExactly("c1"));
    }
}
