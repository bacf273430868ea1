package dev.skein.runtime;

import dev.skein.model.Message;
import dev.skein.model.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation as one agent's model hears it. In a thread that several agents share, what another
 * one said is text of the user's side under that agent's name, and what it called is left out. Two
 * messages of the user's side in a row are one, for some providers want roles to take turns.
 */
final class Voices {
    private static final Part BREAK = new Part.Text("\n\n");

    private Voices() {}

    /** The same list if nothing in it has to be told otherwise. */
    static List<Message> heardBy(String agent, List<Message> messages) {
        return plain(agent, messages) ? messages : retold(agent, messages);
    }

    private static boolean plain(String agent, List<Message> messages) {
        boolean afterUser = false;
        for (var message : messages) {
            boolean user = message instanceof Message.User;
            if ((user && afterUser) || ofAnother(agent, message)) return false;
            afterUser = user;
        }
        return true;
    }

    private static List<Message> retold(String agent, List<Message> messages) {
        var heard = new ArrayList<Message>(messages.size());
        boolean dropResults = false;
        for (var message : messages) {
            if (message instanceof Message.Results && dropResults) continue;
            dropResults = ofAnother(agent, message);
            var own = dropResults ? quoted((Message.Assistant) message) : message;
            if (own instanceof Message.User user) hear(heard, user);
            else heard.add(own);
        }
        return heard;
    }

    private static void hear(List<Message> heard, Message.User user) {
        boolean again = !heard.isEmpty() && heard.getLast() instanceof Message.User;
        if (!again) heard.add(user);
        else if (!user.text().isBlank())
            heard.set(heard.size() - 1, joined((Message.User) heard.getLast(), user));
    }

    private static boolean ofAnother(String agent, Message message) {
        return message instanceof Message.Assistant assistant
                && assistant.speaker() != null
                && !assistant.speaker().equals(agent);
    }

    private static Message quoted(Message.Assistant said) {
        var text = said.text().isBlank() ? "" : "[" + said.speaker() + "] " + said.text();
        return Message.User.of(text, said.at());
    }

    private static Message.User joined(Message.User first, Message.User second) {
        var parts = new ArrayList<>(first.parts());
        parts.add(BREAK);
        parts.addAll(second.parts());
        return new Message.User(parts, second.at());
    }
}
