package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.Conflict;
import dev.skein.failure.SkeinException;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cases of {@link SessionStoreContract} about several threads, interrupts and the end. */
abstract class SessionRaceCases extends SessionNameCases {
    static final int WRITERS = 16;
    static final int EACH = 12;
    private static final int MOST_TRIES = 10_000;

    @Test
    @Tag("AG-72")
    void sixteenWritersLoseNothing() throws Exception {
        var store = store();
        race(writer -> {
            for (int i = 0; i < EACH; i++) insist(store, key("a"), writer + ":" + i);
        });
        assertComplete(store);
    }

    @Test
    @Tag("AG-72")
    void ofRacingWritersOneWinsEachVersion() throws Exception {
        var store = store();
        for (int round = 0; round < EACH; round++) {
            int version = round;
            var won = new ArrayList<Boolean>();
            for (var caller : racing(writer -> wins(store, version, "by " + writer)))
                won.add(caller.result());
            assertThat(won).containsOnlyOnce(true);
        }
        assertThat(texts(store, key("a"))).hasSize(EACH);
    }

    @Test
    void writersOfDifferentSessionsDoNotDisturbEachOther() throws Exception {
        var store = store();
        race(writer -> {
            for (int i = 0; i < EACH; i++)
                store.append(key("of " + writer), i, saying("message " + i));
        });
        for (int writer = 0; writer < WRITERS; writer++)
            assertThat(texts(store, key("of " + writer))).hasSize(EACH);
    }

    @Test
    void aReaderSeesWholeChangesOnly() throws Exception {
        var store = store();
        store.append(key("a"), 0, saying("0", "0"));
        race(writer -> {
            for (int i = 1; i < EACH; i++) {
                if (writer == 0) store.append(key("a"), i, saying("" + i, "" + i));
                var seen = loaded(store, key("a"));
                var expected =
                        IntStream.range(0, (int) seen.version())
                                .boxed()
                                .flatMap(n -> List.of("" + n, "" + n).stream())
                                .toList();
                assertThat(seen.messages()).extracting(m -> m.text()).isEqualTo(expected);
            }
        });
    }

    @Test
    void anInterruptedThreadCanStillReadAndWrite() throws Exception {
        var store = store();
        var caller =
                Caller.start(
                        false,
                        () -> {
                            Thread.currentThread().interrupt();
                            store.append(key("a"), 0, saying("one"));
                            store.replace(key("a"), 1, whole(key("a"), user("two")));
                            store.append(key("b"), 0, saying("b"));
                            store.delete(key("b"));
                            assertThat(store.list(null, null, 10)).containsExactly(key("a"));
                            assertThat(texts(store, key("a"))).containsExactly("two");
                            return Thread.currentThread().isInterrupted();
                        });
        assertThat(caller.result()).as("the interrupt is still there").isTrue();
        assertThat(store.append(key("a"), 2, saying("three"))).isEqualTo(3);
    }

    @Test
    void interruptsLoseNothing() throws Exception {
        var store = store();
        var callers =
                racing(writer -> {
                    for (int i = 0; i < EACH; i++) insist(store, key("a"), writer + ":" + i);
                    return true;
                });
        Patience.until(() -> {
            callers.forEach(Caller::interrupt);
            return callers.stream().noneMatch(Caller::running);
        });
        for (var caller : callers) caller.result();
        assertComplete(store);
    }

    @Test
    void useAfterCloseIsUnavailable() {
        var store = store();
        store.append(key("a"), 0, saying("one"));
        store.close();
        store.close();
        for (var use :
                List.<Runnable>of(
                        () -> store.load(key("a")),
                        () -> store.append(key("a"), 1, saying("two")),
                        () -> store.replace(key("a"), 1, whole(key("a"))),
                        () -> store.delete(key("a")),
                        () -> store.list(null, null, 1)))
            assertThat(failure(use::run).code()).isEqualTo("store.unavailable");
    }

    /** A piece of what one of the writers does. */
    interface Writing {
        void by(int writer) throws Exception;
    }

    /** As {@link Writing}, with a result. */
    interface Trying<T> {
        T by(int writer) throws Exception;
    }

    /** All writers at once; fails if one of them does. */
    static void race(Writing writing) throws InterruptedException {
        var callers =
                racing(writer -> {
                    writing.by(writer);
                    return true;
                });
        for (var caller : callers) assertThat(caller.result()).isTrue();
    }

    private static <T> List<Caller<T>> racing(Trying<T> trying) {
        return IntStream.range(0, WRITERS)
                .mapToObj(writer -> {
                    Callable<T> call = () -> trying.by(writer);
                    return Caller.start(writer % 2 == 0, call);
                })
                .toList();
    }

    /** Appends, and if another was first reads and tries again. */
    static void insist(SessionStore store, SessionKey key, String text) {
        for (int i = 0; i < MOST_TRIES; i++) if (tries(store, key, text)) return;
        throw new AssertionError("'" + text + "' was too late each time");
    }

    private static boolean tries(SessionStore store, SessionKey key, String text) {
        long version = store.load(key).map(session -> session.version()).orElse(0L);
        try {
            store.append(key, version, saying(text));
            return true;
        } catch (SkeinException e) {
            assertThat(e.failure()).isInstanceOf(Conflict.Version.class);
            return false;
        }
    }

    private static boolean wins(SessionStore store, long version, String text) {
        try {
            return store.append(key("a"), version, saying(text)) == version + 1;
        } catch (SkeinException e) {
            assertThat(e.failure())
                    .isEqualTo(new Conflict.Version(key("a").text(), version, version + 1));
            return false;
        }
    }

    /** Everything that each writer insisted on is there once, in its order. */
    static void assertComplete(SessionStore store) {
        var texts = texts(store, key("a"));
        assertThat(texts).hasSize(WRITERS * EACH);
        assertThat(loaded(store, key("a")).version()).isEqualTo(texts.size());
        for (int writer = 0; writer < WRITERS; writer++) {
            var start = writer + ":";
            assertThat(texts.stream().filter(text -> text.startsWith(start)))
                    .isEqualTo(IntStream.range(0, EACH).mapToObj(i -> start + i).toList());
        }
    }
}
