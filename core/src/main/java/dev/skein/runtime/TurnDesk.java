package dev.skein.runtime;

import dev.skein.event.Entry;
import dev.skein.event.SessionEvent;
import dev.skein.model.Message;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import java.util.ArrayList;
import java.util.List;

/** What one turn of a live session gets from it and tells it. */
final class TurnDesk implements Desk {
    private final LiveSession session;
    private final List<Letter> first;
    private final List<Letter> heard = new ArrayList<>();
    private final Repeats repeats;
    private boolean begun;

    /**
     * A turn that begins with those messages; none: it goes on with its conversation.
     *
     * @param heard messages that are in the conversation and were in no request yet
     */
    TurnDesk(LiveSession session, List<Letter> first, List<Letter> heard, Repeats repeats) {
        this.session = session;
        this.first = first;
        this.repeats = repeats;
        this.heard.addAll(heard);
    }

    @Override
    public SessionKey key() {
        return session.key();
    }

    @Override
    public SessionStore store() {
        return session.store();
    }

    @Override
    public LiveSession session() {
        return session;
    }

    @Override
    public List<Letter> hear() {
        var letters = begun ? session.post().steering() : first;
        begun = true;
        heard.addAll(letters);
        for (var letter : letters)
            repeats.told(PeerTools.body(letter.text()), letter.from().startsWith("session:"));
        return letters;
    }

    @Override
    public List<Message> take() {
        var now = session.scope().engine().clock().instant();
        return hear().stream().<Message>map(one -> Message.User.of(one.text(), now)).toList();
    }

    @Override
    public void asked() {
        for (var letter : heard) {
            if (letter.delivery() == AgentSession.Delivery.SEEN) continue;
            session.record(new SessionEvent.MessageSeen(letter.id()));
            letter.reached(AgentSession.Delivery.SEEN);
        }
    }

    /** The messages that are in the conversation since the turn began. */
    List<Letter> letters() {
        return heard;
    }

    /** Those of them that were in no request. */
    List<Letter> unseen() {
        return heard.stream()
                .filter(letter -> letter.delivery() != AgentSession.Delivery.SEEN)
                .toList();
    }

    @Override
    public SessionTools.Offered tools() {
        return session.tools().offered();
    }

    @Override
    public Repeats repeats() {
        return repeats;
    }

    @Override
    public Pause calls() {
        return session.calls();
    }

    @Override
    public Pause waiting() {
        return session.waiting();
    }

    @Override
    public void heard(Entry entry) {
        session.attention().heard(entry);
    }
}
