package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.name.Namespace;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cases of {@link SessionStoreContract} about names, and about lists of them. */
abstract class SessionNameCases extends SessionContentCases {
    private static final List<String> ODD =
            List.of(
                    "..",
                    ".",
                    "a:b",
                    "x/y",
                    "a%3Ab",
                    "\\",
                    "con",
                    "~",
                    "*",
                    "-rf",
                    " ",
                    "a b",
                    "Bob",
                    "bob",
                    "BOB",
                    "bob.a",
                    "bob.b",
                    "bob_a",
                    "ß",
                    "ss",
                    "é",
                    "ı",
                    "雁",
                    "🪿",
                    "\ud83e",
                    "\udebf",
                    "?",
                    "\ufffd",
                    "default",
                    "'; drop table sessions; --");

    @Test
    @Tag("AG-76")
    void oddNamesStayApart() {
        var keys = new ArrayList<SessionKey>();
        for (var odd : ODD) {
            keys.add(key(odd));
            keys.add(key("tenant", odd));
            keys.add(key(odd, "user"));
        }
        staysApart(keys);
    }

    @Test
    @Tag("AG-76")
    void segmentsAreNotTakenForOneAnother() {
        staysApart(
                List.of(
                        key("a", "b"),
                        key("a:b"),
                        key("a.b"),
                        key("ab"),
                        key("a", "b", "c"),
                        key("b", "a")));
    }

    @Test
    @Tag("AG-76")
    void longNamesStayApart() {
        var segment = "🪿".repeat(127);
        var segments = Collections.nCopies(15, segment + "x");
        staysApart(
                Stream.of("y", "z", "Y")
                        .map(last -> with(segments, segment + last))
                        .map(all -> new SessionKey(new Namespace(all), "a".repeat(48)))
                        .toList());
    }

    @Test
    @Tag("AG-76")
    void whatIsTheSameButForItsComposingIsOneSession() {
        var store = store();
        store.append(key("caf\u00e9"), 0, saying("one"));
        assertThat(texts(store, key("cafe\u0301"))).containsExactly("one");
    }

    @Test
    @Tag("AG-70")
    void agentsOfOneNamespaceStayApart() {
        var bob = Namespace.of("bob");
        staysApart(
                List.of(
                        new SessionKey(bob, "atlas"),
                        new SessionKey(bob, "Atlas"),
                        new SessionKey(bob, "atlas-2"),
                        new SessionKey(bob, "null"),
                        new SessionKey(bob, null),
                        key("bob", "atlas"),
                        new SessionKey(Namespace.of("bob", "atlas"), null),
                        new SessionKey(Namespace.of("bob/atlas"), null)));
    }

    @Test
    @Tag("AG-75")
    void aPrefixEndsAtASegment() {
        var store = store();
        fill(store, List.of(key("acme", "alice"), key("acme"), key("acmeother", "x")));
        assertThat(store.list(Namespace.of("acme"), null, 10))
                .containsExactly(key("acme"), key("acme", "alice"));
        assertThat(store.list(Namespace.of("acm"), null, 10)).isEmpty();
        assertThat(store.list(Namespace.of("acme", "alice", "home"), null, 10)).isEmpty();
        assertThat(store.list(null, null, 10)).hasSize(3);
    }

    @Test
    @Tag("AG-75")
    void pagesFollowOneAnother() {
        var store = store();
        var keys = new ArrayList<SessionKey>();
        for (var odd : ODD) keys.add(key("tenant", odd));
        fill(store, keys);
        Collections.sort(keys);
        for (int size = 1; size <= keys.size() + 1; size++)
            assertThat(pages(store, Namespace.of("tenant"), size)).isEqualTo(keys);
    }

    @Test
    @Tag("AG-75")
    void aPageMayBeginAfterWhatIsNotThere() {
        var store = store();
        fill(store, List.of(key("a"), key("c"), key("d")));
        assertThat(store.list(null, key("b"), 1)).containsExactly(key("c"));
        assertThat(store.list(null, key("e"), 1)).isEmpty();
        assertThat(store.list(null, null, 0)).isEmpty();
    }

    @Test
    @Tag("AG-75")
    void whatIsDeletedIsNotListed() {
        var store = store();
        fill(store, List.of(key("a"), key("b")));
        assertThat(store.list(null, null, 10)).containsExactly(key("a"), key("b"));
        store.delete(key("a"));
        assertThat(store.list(null, null, 10)).containsExactly(key("b"));
        fill(store, List.of(key("a")));
        assertThat(store.list(null, null, 10)).containsExactly(key("a"), key("b"));
    }

    @Test
    @Tag("AG-75")
    void listsOfRandomNamesAreThoseOfASortedSet() {
        long seed = seed();
        var random = new Random(seed);
        var store = store();
        Set<SessionKey> keys = new HashSet<>();
        while (keys.size() < 100)
            keys.add(new SessionKey(space(random), random.nextInt(4) == 0 ? null : name(random)));
        fill(store, keys);
        for (int i = 0; i < 50; i++) {
            var prefix = random.nextInt(5) == 0 ? null : space(random);
            var expected =
                    keys.stream()
                            .filter(key -> prefix == null || prefix.covers(key.namespace()))
                            .sorted()
                            .toList();
            assertThat(pages(store, prefix, 1 + random.nextInt(20)))
                    .as("seed %d, prefix %s", seed, prefix)
                    .isEqualTo(expected);
        }
    }

    private void staysApart(List<SessionKey> keys) {
        var store = store();
        fill(store, keys);
        for (var key : keys) assertThat(texts(store, key)).containsExactly(key.text());
        assertThat(store.list(null, null, keys.size() + 1))
                .isEqualTo(keys.stream().sorted().toList());
    }

    /** Each session says its own key. */
    private static void fill(SessionStore store, Iterable<SessionKey> keys) {
        for (var key : keys) store.append(key, 0, saying(key.text()));
    }

    private static List<SessionKey> pages(
            SessionStore store, @Nullable Namespace prefix, int size) {
        var all = new ArrayList<SessionKey>();
        SessionKey last = null;
        do {
            var page = store.list(prefix, last, size);
            assertThat(page).hasSizeLessThanOrEqualTo(size).isSorted();
            if (last != null && !page.isEmpty()) assertThat(page.getFirst()).isGreaterThan(last);
            all.addAll(page);
            last = page.isEmpty() ? null : page.getLast();
        } while (last != null);
        return all;
    }

    private static Namespace space(Random random) {
        var segments = Stream.generate(() -> name(random)).limit(1 + random.nextInt(3)).toList();
        return new Namespace(segments);
    }

    private static String name(Random random) {
        return List.of("a", "b", "ab", "a-", "A", "a:b", "雁").get(random.nextInt(7));
    }

    private static List<String> with(List<String> segments, String last) {
        var all = new ArrayList<>(segments);
        all.add(last);
        return all;
    }
}
