package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.Conflict;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.session.Session;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionStore;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cases of {@link SessionStoreContract} about one session: versions, changes, metadata. */
abstract class SessionChangeCases extends SessionCases {
    private static final int MOST_KEYS = 64;
    private static final int MOST_BYTES = 64 << 10;
    private static final int LOADED = 10_000;
    private static final int EXCHANGE = 4;
    private static final int EXCHANGES = 2_525;
    private static final int CHUNK = 505;

    @Test
    @Tag("AG-75")
    void anUnknownSessionIsEmptyAndCannotBeDeleted() {
        var store = store();
        assertThat(store.load(key("a"))).isEmpty();
        assertThat(store.delete(key("a"))).isFalse();
        assertThat(store.list(null, null, 10)).isEmpty();
    }

    @Test
    void changesComeBackInTheirOrder() {
        var store = store();
        assertThat(store.append(key("a"), 0, saying("one"))).isEqualTo(1);
        assertThat(texts(store, key("a"))).containsExactly("one");
        assertThat(store.append(key("a"), 1, saying("two", "three"))).isEqualTo(2);
        assertThat(store.append(key("a"), 2, saying("four"))).isEqualTo(3);
        assertThat(texts(store, key("a"))).containsExactly("one", "two", "three", "four");
        assertThat(loaded(store, key("a")).version()).isEqualTo(3);
    }

    @Test
    void aSessionSaysWhoseItIsAndWhenItBeganAndWhenItLastChanged() {
        var store = store();
        store.append(key("a"), 0, SessionChange.of(List.of(user("one")), AT));
        store.append(key("a"), 1, SessionChange.of(List.of(user("two")), LATER));
        var session = loaded(store, key("a"));
        assertThat(session.key()).isEqualTo(key("a"));
        assertThat(session.created()).isEqualTo(AT);
        assertThat(session.updated()).isEqualTo(LATER);
    }

    @Test
    void aChangeOfNothingIsAVersionToo() {
        var store = store();
        assertThat(store.append(key("a"), 0, saying())).isEqualTo(1);
        assertThat(store.append(key("a"), 1, saying())).isEqualTo(2);
        assertThat(loaded(store, key("a")).messages()).isEmpty();
        assertThat(store.list(null, null, 10)).containsExactly(key("a"));
    }

    @Test
    void aLateWriterIsToldAndChangesNothing() {
        var store = store();
        store.append(key("a"), 0, saying("one"));
        store.append(key("a"), 1, saying("two"));
        assertThat(failure(() -> store.append(key("a"), 1, saying("late"))))
                .isEqualTo(new Conflict.Version(key("a").text(), 1, 2));
        assertThat(texts(store, key("a"))).containsExactly("one", "two");
        assertThat(loaded(store, key("a")).version()).isEqualTo(2);
    }

    @Test
    void aVersionThatIsNotThereYetIsRefused() {
        var store = store();
        assertThat(failure(() -> store.append(key("a"), 3, saying("early"))))
                .isEqualTo(new Conflict.Version(key("a").text(), 3, 0));
        assertThat(store.load(key("a"))).isEmpty();
    }

    @Test
    void whatWasLoadedStaysAsItWas() {
        var store = store();
        store.append(key("a"), 0, saying("one"));
        var before = loaded(store, key("a"));
        store.append(key("a"), 1, saying("two"));
        store.delete(key("a"));
        assertThat(before.messages()).containsExactly(user("one"));
        assertThat(before.version()).isEqualTo(1);
    }

    @Test
    void replacingPutsAnotherContentInItsPlace() {
        var store = store();
        store.append(key("a"), 0, saying("one", "two", "three"));
        store.append(key("a"), 1, noting("x", Json.of(1)));
        assertThat(store.replace(key("a"), 2, whole(key("a"), user("short")))).isEqualTo(3);
        assertThat(loaded(store, key("a")))
                .isEqualTo(new Session(key("a"), 3, List.of(user("short")), Map.of(), AT, LATER));
    }

    @Test
    void ofALongSessionTheNewestTurnsAreLoadedAndItGoesOn() {
        var store = store();
        long version = longSession(store);
        var loaded = loaded(store, key("a"));
        assertThat(loaded.version()).isEqualTo(version);
        assertThat(loaded.messages()).hasSizeBetween(LOADED - EXCHANGE, LOADED);
        assertThat(loaded.messages().getFirst()).isInstanceOf(Message.User.class);
        assertThat(loaded.messages()).endsWith(exchange(EXCHANGES).toArray(Message[]::new));
        assertThat(store.append(key("a"), version, saying("more"))).isEqualTo(version + 1);
        assertThat(texts(store, key("a"))).endsWith("more").hasSizeLessThanOrEqualTo(LOADED);
    }

    @Test
    void whatIsTooOldToBeLoadedIsThereAgainWhenTheRestWasReplaced() {
        var store = store();
        long version = longSession(store);
        int older = EXCHANGES * EXCHANGE - loaded(store, key("a")).messages().size();
        store.replace(key("a"), version, whole(key("a"), user("short")));
        assertThat(texts(store, key("a")))
                .hasSize(older + 1)
                .startsWith("question 1")
                .endsWith("short");
    }

    /** Of more messages than are loaded, whole exchanges all; its version. */
    private static long longSession(SessionStore store) {
        long version = 0;
        for (int from = 1; from <= EXCHANGES; from += CHUNK) {
            var messages =
                    IntStream.range(from, from + CHUNK)
                            .boxed()
                            .flatMap(number -> exchange(number).stream())
                            .toList();
            version = store.append(key("a"), version, SessionChange.of(messages, AT));
        }
        return version;
    }

    private static List<Message> exchange(int number) {
        var call = new ToolCall("call " + number, "look", Json.object());
        return List.of(
                user("question " + number),
                new Message.Assistant(List.of(), List.of(call), AT),
                new Message.Results(List.of(new ToolResult(call.id(), "seen", false)), AT),
                Message.Assistant.of("answer " + number, AT));
    }

    @Test
    void aLateReplacementIsRefused() {
        var store = store();
        store.append(key("a"), 0, saying("one"));
        assertThat(failure(() -> store.replace(key("a"), 0, whole(key("a"), user("late")))))
                .isEqualTo(new Conflict.Version(key("a").text(), 0, 1));
        assertThat(texts(store, key("a"))).containsExactly("one");
    }

    @Test
    void whatIsReplacedGoesOn() {
        var store = store();
        store.append(key("a"), 0, saying("one", "two"));
        store.replace(key("a"), 1, whole(key("a"), user("short")));
        assertThat(store.append(key("a"), 2, saying("three"))).isEqualTo(3);
        store.replace(key("a"), 3, whole(key("a")));
        assertThat(store.append(key("a"), 4, saying("four"))).isEqualTo(5);
        assertThat(texts(store, key("a"))).containsExactly("four");
    }

    @Test
    void aSessionCanBeginWithAReplacement() {
        var store = store();
        assertThat(store.replace(key("a"), 0, whole(key("a"), user("copied")))).isEqualTo(1);
        assertThat(store.append(key("a"), 1, saying("two"))).isEqualTo(2);
        assertThat(texts(store, key("a"))).containsExactly("copied", "two");
    }

    @Test
    void whatIsDeletedIsGoneAndCanBeginAnew() {
        var store = store();
        store.append(key("a"), 0, saying("one"));
        store.append(key("a"), 1, noting("x", Json.of(1)));
        assertThat(store.delete(key("a"))).isTrue();
        assertThat(store.load(key("a"))).isEmpty();
        assertThat(store.delete(key("a"))).isFalse();
        assertThat(store.append(key("a"), 0, saying("new"))).isEqualTo(1);
        assertThat(texts(store, key("a"))).containsExactly("new");
        assertThat(loaded(store, key("a")).metadata()).isEmpty();
    }

    @Test
    void metadataIsSetKeyByKey() {
        var store = store();
        store.append(key("a"), 0, noting("x", Json.of(1)));
        store.append(key("a"), 1, noting("y", Json.object("deep", List.of("0.10", 2.50))));
        store.append(key("a"), 2, noting("x", new Json.Num("1.00")));
        store.append(key("a"), 3, saying("hi"));
        assertThat(loaded(store, key("a")).metadata())
                .isEqualTo(
                        Map.of(
                                "x",
                                new Json.Num("1.00"),
                                "y",
                                Json.object("deep", List.of("0.10", 2.50))));
    }

    @Test
    @Tag("AG-75")
    void moreThanSixtyFourKeysOfMetadataAreRefused() {
        var store = store();
        store.append(key("a"), 0, new SessionChange(List.of(), keys(MOST_KEYS), AT));
        assertRefused(store, noting("one more", Json.of(1)));
        assertThat(store.append(key("a"), 1, noting("key 1", Json.of("again")))).isEqualTo(2);
    }

    @Test
    @Tag("AG-75")
    void moreThan64KibibytesOfMetadataAreRefused() {
        var store = store();
        store.append(key("a"), 0, noting("x", Json.of("é".repeat(MOST_BYTES / 2 - 100))));
        assertRefused(store, noting("y", Json.of("é".repeat(100))));
        var large = new Session(key("b"), 0, List.of(), keys(MOST_KEYS + 1), AT, AT);
        assertThat(failure(() -> store.replace(key("b"), 0, large)).code()).isEqualTo("limit.size");
        assertThat(store.load(key("b"))).isEmpty();
    }

    private static void assertRefused(SessionStore store, SessionChange change) {
        var before = loaded(store, key("a"));
        var more = new SessionChange(List.of(user("with it")), change.metadata(), LATER);
        assertThat(failure(() -> store.append(key("a"), 1, more)).code()).isEqualTo("limit.size");
        assertThat(loaded(store, key("a"))).isEqualTo(before);
    }

    private static Map<String, Json> keys(int count) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(i -> "key " + i, Json::of));
    }
}
