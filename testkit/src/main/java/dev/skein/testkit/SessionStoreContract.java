package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.Conflict;
import dev.skein.failure.StoreFailure;
import dev.skein.json.Json;
import dev.skein.name.Namespace;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SessionStore} must do. Extend it, open the store at a place that is given, and
 * say what this kind cannot do. Which cases passed, and which were skipped and why, is written to
 * {@code target/contracts/session-store-<implementation>.txt}.
 *
 * <pre>{@code
 * class FolderSessionStoreTest extends SessionStoreContract {
 *     @Override
 *     protected SessionStore open(Path place) {
 *         return SessionStore.inFolder(place.resolve("sessions"));
 *     }
 *
 *     @Override
 *     protected void damage(Path place, SessionKey key) throws IOException {
 *         // change what is stored of that session
 *     }
 * }
 * }</pre>
 *
 * <p>Random cases take their seed from the system property {@code skein.seed} and say it when they
 * fail.
 */
public abstract class SessionStoreContract extends SessionRaceCases {
    /** For subclasses. */
    protected SessionStoreContract() {}

    /** What a kind of store may lack. */
    public enum Trait {
        /** What was stored is there when the store is opened again. */
        REOPENING,
        /** Several stores may be open at one place. */
        SHARING,
        /** What is stored can be changed by others, and that is noticed. */
        DAMAGE
    }

    /**
     * Opens the store of that place, a folder that was empty when the case began. Whatever is kept
     * elsewhere must belong to that place too: each case expects to find nothing.
     */
    @Override
    protected abstract SessionStore open(Path place);

    /**
     * Changes what is stored of that session behind the store's back, so that it must be noticed.
     * Never called without {@link Trait#DAMAGE}.
     */
    protected void damage(Path place, SessionKey key) throws IOException {
        throw new UnsupportedOperationException("say how a session is damaged, or lack DAMAGE");
    }

    /** What it cannot do, each with the reason that stands in the report; nothing by default. */
    @Override
    protected Map<Trait, String> lacks() {
        return Map.of();
    }

    @Test
    void whatWasStoredIsThereWhenItIsOpenedAgain() {
        needs(Trait.REOPENING);
        var first = store();
        first.append(key("a"), 0, saying("one"));
        first.append(key("a"), 1, noting("x", Json.of("kept")));
        first.append(key("b"), 0, saying("b"));
        var before = loaded(first, key("a"));
        first.close();
        var again = store();
        assertThat(loaded(again, key("a"))).isEqualTo(before);
        assertThat(again.list(null, null, 10)).containsExactly(key("a"), key("b"));
        assertThat(again.append(key("a"), 2, saying("two"))).isEqualTo(3);
        assertThat(texts(again, key("a"))).containsExactly("one", "two");
    }

    @Test
    void itGoesOnWithoutLoading() {
        needs(Trait.REOPENING);
        for (int version = 0; version < 5; version++) {
            var store = store();
            assertThat(failure(() -> store.append(key("a"), 9, saying("late"))))
                    .isEqualTo(new Conflict.Version(key("a").text(), 9, version));
            store.append(key("a"), version, saying("message " + version));
            store.close();
        }
        assertThat(texts(store(), key("a"))).hasSize(5).endsWith("message 4");
    }

    @Test
    void whatWasReplacedOrDeletedStaysSo() {
        needs(Trait.REOPENING);
        var first = store();
        first.append(key("a"), 0, saying("one", "two"));
        first.append(key("a"), 1, noting("x", Json.of(1)));
        first.replace(key("a"), 2, whole(key("a"), user("short")));
        first.append(key("b"), 0, saying("b"));
        first.delete(key("b"));
        var before = loaded(first, key("a"));
        first.close();
        var again = store();
        assertThat(loaded(again, key("a"))).isEqualTo(before);
        assertThat(again.load(key("b"))).isEmpty();
        assertThat(again.list(null, null, 10)).containsExactly(key("a"));
    }

    @Test
    void storesOfOnePlaceSeeEachOther() {
        needs(Trait.SHARING);
        var one = store();
        var other = store();
        one.append(key("a"), 0, saying("one"));
        assertThat(texts(other, key("a"))).containsExactly("one");
        other.append(key("a"), 1, saying("two"));
        assertThat(failure(() -> one.append(key("a"), 1, saying("late"))))
                .isEqualTo(new Conflict.Version(key("a").text(), 1, 2));
        one.append(key("a"), 2, saying("three"));
        assertThat(one.list(Namespace.of("a"), null, 9)).isEqualTo(other.list(null, null, 9));
        other.replace(key("a"), 3, whole(key("a"), user("short")));
        assertThat(one.append(key("a"), 4, saying("four"))).isEqualTo(5);
        assertThat(texts(other, key("a"))).containsExactly("short", "four");
        other.delete(key("a"));
        assertThat(one.list(null, null, 9)).isEmpty();
        assertThat(one.append(key("a"), 0, saying("anew"))).isEqualTo(1);
        assertThat(texts(other, key("a"))).containsExactly("anew");
    }

    @Test
    @Tag("AG-72")
    void writersOfTwoStoresLoseNothing() throws Exception {
        needs(Trait.SHARING);
        var one = store();
        var other = store();
        race(writer -> {
            for (int i = 0; i < EACH; i++)
                insist(writer < WRITERS / 2 ? one : other, key("a"), writer + ":" + i);
        });
        assertComplete(one);
        assertThat(loaded(other, key("a"))).isEqualTo(loaded(one, key("a")));
    }

    @Test
    @Tag("AG-75")
    void damageIsAnErrorAndNeverAbsence() throws Exception {
        needs(Trait.DAMAGE);
        var first = store();
        first.append(key("a"), 0, saying("one"));
        first.append(key("a"), 1, saying("two"));
        first.append(key("b"), 0, saying("b"));
        first.close();
        damage(place(), key("a"));
        var again = store();
        assertThat(failure(() -> again.load(key("a")))).isInstanceOf(StoreFailure.Damaged.class);
        assertThat(failure(() -> again.append(key("a"), 0, saying("anew"))))
                .isInstanceOf(StoreFailure.Damaged.class);
        assertThat(failure(() -> again.append(key("a"), 2, saying("three"))))
                .isInstanceOf(StoreFailure.Damaged.class);
        assertThat(texts(again, key("b"))).containsExactly("b");
    }

    @Test
    void damageCanBeDeleted() throws Exception {
        needs(Trait.DAMAGE);
        var store = store();
        store.append(key("a"), 0, saying("one"));
        store.append(key("a"), 1, saying("two"));
        damage(place(), key("a"));
        assertThat(store.delete(key("a"))).isTrue();
        assertThat(store.load(key("a"))).isEmpty();
        assertThat(store.append(key("a"), 0, saying("anew"))).isEqualTo(1);
    }
}
