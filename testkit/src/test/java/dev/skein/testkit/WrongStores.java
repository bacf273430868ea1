package dev.skein.testkit;

import dev.skein.failure.Conflict;
import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.model.Part;
import dev.skein.name.Namespace;
import dev.skein.session.Session;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stores that break the contract, each in one way. The suites over them are no tests of ours. */
final class WrongStores {
    private WrongStores() {}

    /** What a store does wrong, on top of one that is right. */
    interface Spoil {
        SessionStore over(SessionStore right);
    }

    abstract static class InMemory extends MemorySessionStoreTest {
        private final Spoil spoil;

        InMemory(Spoil spoil) {
            this.spoil = spoil;
        }

        @Override
        protected SessionStore open(Path place) {
            return spoil.over(super.open(place));
        }
    }

    abstract static class InFolder extends FolderSessionStoreTest {
        private final Spoil spoil;

        InFolder(Spoil spoil) {
            this.spoil = spoil;
        }

        @Override
        protected SessionStore open(Path place) {
            return spoil.over(super.open(place));
        }
    }

    private static Session with(Session session, List<Message> messages) {
        return new Session(
                session.key(),
                session.version(),
                messages,
                session.metadata(),
                session.created(),
                session.updated());
    }

    static class BelievesEveryVersion extends InMemory {
        BelievesEveryVersion() {
            super(right ->
                    new ForwardingSessionStore(right) {
                        @Override
                        public long append(SessionKey key, long expected, SessionChange change) {
                            try {
                                return right.append(key, expected, change);
                            } catch (SkeinException e) {
                                if (!(e.failure() instanceof Conflict.Version late)) throw e;
                                return append(key, late.found(), change);
                            }
                        }
                    });
        }
    }

    static class DropsWhatIsLate extends InMemory {
        DropsWhatIsLate() {
            super(right ->
                    new ForwardingSessionStore(right) {
                        @Override
                        public long append(SessionKey key, long expected, SessionChange change) {
                            try {
                                return right.append(key, expected, change);
                            } catch (SkeinException e) {
                                if (!(e.failure() instanceof Conflict.Version)) throw e;
                                return expected + 1;
                            }
                        }
                    });
        }
    }

    static class IgnoresCase extends InMemory {
        IgnoresCase() {
            super(right ->
                    new ForwardingSessionStore(right) {
                        @Override
                        public Optional<Session> load(SessionKey key) {
                            return right.load(lower(key)).map(s -> with(s, s.messages()));
                        }

                        @Override
                        public long append(SessionKey key, long expected, SessionChange change) {
                            return right.append(lower(key), expected, change);
                        }
                    });
        }

        private static SessionKey lower(SessionKey key) {
            return new SessionKey(
                    Namespace.parse(key.namespace().key().toLowerCase(Locale.ROOT)), key.agent());
        }
    }

    static class TakesAPrefixOfTheText extends InMemory {
        TakesAPrefixOfTheText() {
            super(right ->
                    new ForwardingSessionStore(right) {
                        @Override
                        public List<SessionKey> list(
                                @Nullable Namespace prefix, @Nullable SessionKey after, int limit) {
                            var start = prefix == null ? "" : prefix.key();
                            return right.list(null, after, Integer.MAX_VALUE).stream()
                                    .filter(key -> key.text().startsWith(start))
                                    .limit(limit)
                                    .toList();
                        }
                    });
        }
    }

    static class RepeatsTheLastOfAPage extends InMemory {
        RepeatsTheLastOfAPage() {
            super(right ->
                    new ForwardingSessionStore(right) {
                        @Override
                        public List<SessionKey> list(
                                @Nullable Namespace prefix, @Nullable SessionKey after, int limit) {
                            var page = new ArrayList<>(right.list(prefix, after, limit));
                            if (after != null && !page.isEmpty()) page.set(0, after);
                            return page;
                        }
                    });
        }
    }

    /** Keeps something else than it was given. */
    abstract static class Keeps extends InMemory {
        Keeps(UnaryOperator<Message> change) {
            super(right ->
                    new ForwardingSessionStore(right) {
                        @Override
                        public long append(SessionKey key, long expected, SessionChange added) {
                            var kept = added.messages().stream().map(change).toList();
                            return right.append(
                                    key,
                                    expected,
                                    new SessionChange(kept, added.metadata(), added.at()));
                        }
                    });
        }
    }

    static class ForgetsSignatures extends Keeps {
        ForgetsSignatures() {
            super(message ->
                    message instanceof Message.Assistant said
                            ? new Message.Assistant(
                                    said.parts().stream().map(ForgetsSignatures::bare).toList(),
                                    said.calls(),
                                    said.speaker(),
                                    said.at())
                            : message);
        }

        private static Part bare(Part part) {
            return part instanceof Part.Reasoning(var text, _)
                    ? new Part.Reasoning(text, "")
                    : part;
        }
    }

    static class KeepsMilliseconds extends Keeps {
        KeepsMilliseconds() {
            super(message ->
                    message instanceof Message.User(var parts, var at)
                            ? new Message.User(parts, at.truncatedTo(ChronoUnit.MILLIS))
                            : message);
        }
    }

    static class RoundsNumbers extends Keeps {
        RoundsNumbers() {
            super(message ->
                    message instanceof Message.Assistant said
                            ? said.withCalls(
                                    said.calls().stream()
                                            .map(call ->
                                                    call.withArguments(rounded(call.arguments())))
                                            .toList())
                            : message);
        }

        private static Json rounded(Json json) {
            return switch (json) {
                case Json.Num _ -> Json.of(json.asDouble(0));
                case Json.Obj(var fields) -> {
                    var all = Json.object();
                    for (var field : fields.entrySet())
                        all = all.with(field.getKey(), rounded(field.getValue()));
                    yield all;
                }
                case Json.Arr _, Json.Text _, Json.Bool _, Json.Null _ -> json;
            };
        }
    }

    static class KeepsAThousand extends InMemory {
        KeepsAThousand() {
            super(right ->
                    new ForwardingSessionStore(right) {
                        @Override
                        public Optional<Session> load(SessionKey key) {
                            return right.load(key)
                                    .map(s -> with(s, s.messages().stream().limit(1000).toList()));
                        }
                    });
        }
    }

    static class ForgetsMetadata extends InMemory {
        ForgetsMetadata() {
            super(right ->
                    new ForwardingSessionStore(right) {
                        @Override
                        public long append(SessionKey key, long expected, SessionChange change) {
                            return right.append(
                                    key,
                                    expected,
                                    SessionChange.of(change.messages(), change.at()));
                        }
                    });
        }
    }

    static class RemembersTheDeleted extends InMemory {
        RemembersTheDeleted() {
            super(right ->
                    new ForwardingSessionStore(right) {
                        @Override
                        public boolean delete(SessionKey key) {
                            return right.load(key).isPresent();
                        }
                    });
        }
    }

    static class ClosesOnce extends InMemory {
        ClosesOnce() {
            super(right ->
                    new ForwardingSessionStore(right) {
                        private final AtomicInteger closed = new AtomicInteger();

                        @Override
                        public void close() {
                            if (closed.getAndIncrement() == 1)
                                throw new IllegalStateException("closed");
                            super.close();
                        }
                    });
        }
    }

    static class StaysOpen extends InMemory {
        StaysOpen() {
            super(right ->
                    new ForwardingSessionStore(right) {
                        @Override
                        public void close() {
                            right.list(null, null, 0);
                        }
                    });
        }
    }

    static class GivesUpWhenInterrupted extends InMemory {
        GivesUpWhenInterrupted() {
            super(right ->
                    new ForwardingSessionStore(right) {
                        @Override
                        public long append(SessionKey key, long expected, SessionChange change) {
                            if (Thread.interrupted())
                                throw new SkeinException(
                                        new StoreFailure.Unavailable("It", "was interrupted"));
                            return right.append(key, expected, change);
                        }
                    });
        }
    }

    static class ShowsHalfAChange extends InMemory {
        ShowsHalfAChange() {
            super(right ->
                    new ForwardingSessionStore(right) {
                        @Override
                        public Optional<Session> load(SessionKey key) {
                            return right.load(key)
                                    .map(s ->
                                            with(
                                                    s,
                                                    s.messages()
                                                            .subList(0, s.messages().size() - 1)));
                        }
                    });
        }
    }

    static class TakesDamageForAbsence extends InFolder {
        TakesDamageForAbsence() {
            super(right ->
                    new ForwardingSessionStore(right) {
                        @Override
                        public Optional<Session> load(SessionKey key) {
                            try {
                                return right.load(key);
                            } catch (SkeinException e) {
                                return Optional.empty();
                            }
                        }
                    });
        }
    }

    static class BeginsAnewEachTime extends FolderSessionStoreTest {
        private final AtomicInteger opened = new AtomicInteger();

        @Override
        protected SessionStore open(Path place) {
            return super.open(place.resolve("time " + opened.incrementAndGet()));
        }
    }

    static class LooksOnlyOnce extends FolderSessionStoreTest {
        @Override
        protected SessionStore open(Path place) {
            return new ForwardingSessionStore(super.open(place)) {
                private final Map<SessionKey, Session> kept = new ConcurrentHashMap<>();

                @Override
                public Optional<Session> load(SessionKey key) {
                    var known = kept.get(key);
                    if (known != null) return Optional.of(known);
                    var found = super.load(key);
                    found.ifPresent(session -> kept.put(key, session));
                    return found;
                }
            };
        }
    }
}
