package dev.skein.models.wire;

import dev.skein.model.Message;
import java.util.ArrayList;
import java.util.List;

/** A conversation for providers that want roles to take turns and nothing to be empty. */
public final class Turns {
    private Turns() {}

    /** What one side said before the other, and so on; without what stands elsewhere. */
    public static List<List<Message>> of(List<Message> messages) {
        var turns = new ArrayList<List<Message>>(messages.size());
        for (var message : messages) {
            if (message instanceof Message.System || isEmpty(message)) continue;
            boolean same =
                    !turns.isEmpty()
                            && isAssistant(turns.getLast().getFirst()) == isAssistant(message);
            if (!same) turns.add(new ArrayList<>(1));
            turns.getLast().add(message);
        }
        return turns;
    }

    private static boolean isAssistant(Message message) {
        return message instanceof Message.Assistant;
    }

    private static boolean isEmpty(Message message) {
        return switch (message) {
            case Message.Assistant(_, var calls, _, _) ->
                    calls.isEmpty() && message.text().isBlank();
            case Message.Results(var results, _) -> results.isEmpty();
            case Message.System _, Message.User _ -> message.text().isBlank();
        };
    }
}
