package dev.skein.runtime;

import dev.skein.event.Entry;
import dev.skein.model.Message;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import java.util.List;

/** What a turn of a live session gets from it and tells it. */
interface Desk {
    /** Its conversation, and where that is kept. */
    SessionKey key();

    SessionStore store();

    /** What must be said to the agent before its next model call; each message once. */
    List<Message> take();

    /** As {@link #take}, for an agent that says itself what it has seen. */
    List<Letter> hear();

    /** Whose turn it is. */
    LiveSession session();

    /** What was taken is in a request to the model now. */
    void asked();

    /** The tools that the session has beside those of its agent. */
    SessionTools.Offered tools();

    /** What the agent of the session has repeated so far. */
    Repeats repeats();

    /** Calls of tools are under way until it is closed. */
    Pause calls();

    /** A person is asked until it is closed. */
    Pause waiting();

    /** Something was recorded. */
    void heard(Entry entry);

    /** Lasts until closed. */
    interface Pause extends AutoCloseable {
        @Override
        void close();
    }
}
