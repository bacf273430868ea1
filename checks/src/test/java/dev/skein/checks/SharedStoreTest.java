package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.failure.Conflict;
import dev.skein.model.Message;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.Session;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes that write to one conversation: the version decides, and nothing is lost. */
class SharedStoreTest {
    private static final ModelAgent<String> ATLAS = ModelAgent.of("Atlas");
    private static final Namespace BOB = Namespace.of("bob");
    private static final SessionKey KEY = new SessionKey(BOB, "Atlas");

    /** A store in which somebody else is faster: right before our appends with those numbers. */
    private record Contested(SessionStore store, List<Integer> faster, AtomicInteger appends)
            implements SessionStore {
        Contested(Integer... faster) {
            this(SessionStore.inMemory(), List.of(faster), new AtomicInteger());
        }

        @Override
        public Optional<Session> load(SessionKey key) {
            return store.load(key);
        }

        @Override
        public boolean delete(SessionKey key) {
            return store.delete(key);
        }

        @Override
        public long append(SessionKey key, long expectedVersion, SessionChange change) {
            if (faster.contains(appends.incrementAndGet())) {
                var theirs = Message.User.of("theirs " + appends, Instant.EPOCH);
                long version = store.load(key).map(Session::version).orElse(0L);
                store.append(key, version, SessionChange.of(List.of(theirs), Instant.EPOCH));
            }
            return store.append(key, expectedVersion, change);
        }

        @Override
        public long replace(SessionKey key, long expectedVersion, Session session) {
            return store.replace(key, expectedVersion, session);
        }

        @Override
        public List<SessionKey> list(
                @Nullable Namespace prefix, @Nullable SessionKey after, int limit) {
            return store.list(prefix, after, limit);
        }

        @Override
        public void close() {}
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
}
