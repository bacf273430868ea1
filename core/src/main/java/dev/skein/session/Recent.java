package dev.skein.session;

import dev.skein.model.Message;
import java.util.List;

/** The newest part of a long conversation: what is loaded of it. The rest stays where it is. */
final class Recent {
    static final int MOST = 10_000;

    private Recent() {}

    /**
     * How many of the messages, from the first, are too old. What is left begins with a message of
     * the user, so that no result is without its call; where there is none, behind such results.
     */
    static int older(List<Message> messages) {
        int least = messages.size() - MOST;
        if (least <= 0) return 0;
        int behindResults = -1;
        for (int at = least; at < messages.size(); at++) {
            var message = messages.get(at);
            if (message instanceof Message.User) return at;
            if (behindResults < 0 && !(message instanceof Message.Results)) behindResults = at;
        }
        return behindResults < 0 ? messages.size() : behindResults;
    }

    static List<Message> of(List<Message> messages) {
        return messages.subList(older(messages), messages.size());
    }
}
