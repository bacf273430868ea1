package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.skein.failure.Failure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.name.Namespace;
import dev.skein.session.Session;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import dev.skein.testkit.SessionStoreContract.Trait;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the cases of {@link SessionStoreContract} stand on. */
@ExtendWith(ContractReport.class)
@Timeout(120)
abstract class SessionCases {
    static final Instant AT = Instant.parse("2026-11-21T10:15:30.123456789Z");
    static final Instant LATER = Instant.parse("2026-11-22T00:00:00.000000001Z");

    private final Deque<SessionStore> opened = new ArrayDeque<>();
    @TempDir private Path place;

    abstract SessionStore open(Path place);

    abstract Map<Trait, String> lacks();

    /** A store of that place, which is the same in all of a case. Closed when the case is over. */
    final SessionStore store() {
        var store = open(place);
        opened.push(store);
        return store;
    }

    final Path place() {
        return place;
    }

    @AfterEach
    final void closeStores() {
        opened.forEach(SessionStore::close);
    }

    /** Skips the case if the store lacks that. */
    final void needs(Trait trait) {
        var reason = lacks().get(trait);
        if (reason != null) abort("without " + trait + ": " + reason);
    }

    /** Of this JVM if it names one, else another one each time. */
    static long seed() {
        return Long.getLong("skein.seed", new SplittableRandom().nextLong() >>> 1);
    }

    static SessionKey key(String... segments) {
        return new SessionKey(Namespace.of(segments), "atlas");
    }

    static Message user(String text) {
        return Message.User.of(text, AT);
    }

    static SessionChange saying(String... texts) {
        return SessionChange.of(List.of(texts).stream().map(SessionCases::user).toList(), AT);
    }

    static SessionChange noting(String name, Json value) {
        return new SessionChange(List.of(), Map.of(name, value), AT);
    }

    static Session whole(SessionKey key, Message... messages) {
        return new Session(key, 0, List.of(messages), Map.of(), AT, LATER);
    }

    static Session loaded(SessionStore store, SessionKey key) {
        return store.load(key).orElseThrow(() -> new AssertionError("there is no " + key.text()));
    }

    static List<String> texts(SessionStore store, SessionKey key) {
        return loaded(store, key).messages().stream().map(Message::text).toList();
    }

    /** The failure with which the call ends. */
    static Failure failure(ThrowingCallable call) {
        var thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(SkeinException.class);
        return ((SkeinException) thrown).failure();
    }
}
