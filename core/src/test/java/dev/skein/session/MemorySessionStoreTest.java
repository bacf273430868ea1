package dev.skein.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.Conflict;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.name.Namespace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemorySessionStoreTest {
    private static final Instant AT = Instant.EPOCH;

    private final SessionStore store = SessionStore.inMemory();

    private static SessionKey key(String... segments) {
        return new SessionKey(Namespace.of(segments), "atlas");
    }

    private static SessionChange saying(String text) {
        return SessionChange.of(List.of(Message.User.of(text, AT)), AT);
    }

    @Test
    void whatIsAppendedComesBackInOrder() {
        assertThat(store.append(key("a"), 0, saying("one"))).isEqualTo(1);
        assertThat(store.append(key("a"), 1, saying("two"))).isEqualTo(2);
        var session = store.load(key("a")).orElseThrow();
        assertThat(session.version()).isEqualTo(2);
        assertThat(session.messages()).extracting(Message::text).containsExactly("one", "two");
    }

    @Test
    void anUnknownSessionIsEmptyAndCannotBeDeleted() {
        assertThat(store.load(key("a"))).isEmpty();
        assertThat(store.delete(key("a"))).isFalse();
    }

    @Test
    void aWriterWhoWasNotFirstIsToldAndChangesNothing() {
        store.append(key("a"), 0, saying("one"));
        assertThatThrownBy(() -> store.append(key("a"), 0, saying("late")))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e ->
                                assertThat(e.failure())
                                        .isEqualTo(new Conflict.Version("a/atlas", 0, 1)));
        assertThat(store.load(key("a")).orElseThrow().messages()).hasSize(1);
    }

    @Test
    void ofRacingWritersExactlyOneWinsEachVersion() throws Exception {
        var won = new AtomicInteger();
        for (int round = 0; round < 100; round++) {
            int version = round;
            var threads =
                    List.of(1, 2, 3, 4).stream()
                            .map(_ ->
                                    Thread.ofVirtual()
                                            .start(() -> {
                                                try {
                                                    store.append(key("a"), version, saying("x"));
                                                    won.incrementAndGet();
                                                } catch (SkeinException e) {
                                                    assertThat(e.failure())
                                                            .isInstanceOf(Conflict.Version.class);
                                                }
                                            }))
                            .toList();
            for (var thread : threads) thread.join();
        }
        assertThat(won).hasValue(100);
        assertThat(store.load(key("a")).orElseThrow().messages()).hasSize(100);
    }

    @Test
    void listingAPrefixStaysOnSegmentBorders() {
        for (var each : List.of(key("acme"), key("acme", "alice"), key("acmeother", "x")))
            store.append(each, 0, saying("hi"));
        assertThat(store.list(Namespace.of("acme"), null, 10))
                .containsExactly(key("acme"), key("acme", "alice"));
        assertThat(store.list(null, key("acme"), 1)).containsExactly(key("acme", "alice"));
    }

    @Test
    void metadataIsSetByKeyAndReplacingKeepsTheVersionGrowing() {
        store.append(key("a"), 0, new SessionChange(List.of(), Map.of("x", Json.of(1)), AT));
        store.append(key("a"), 1, new SessionChange(List.of(), Map.of("y", Json.of(2)), AT));
        assertThat(store.load(key("a")).orElseThrow().metadata()).containsOnlyKeys("x", "y");
        var whole =
                new Session(key("a"), 2, List.of(Message.User.of("short", AT)), Map.of(), AT, AT);
        assertThat(store.replace(key("a"), 2, whole)).isEqualTo(3);
        assertThat(store.load(key("a")).orElseThrow().messages()).hasSize(1);
    }
}
