package dev.skein.agent;

import dev.skein.model.Message;
import java.util.List;

/** What there is of finished turns. */
public record Partial(String lastText, List<Message> messages) {
    private static final Partial NONE = new Partial("", List.of());

    public Partial {
        messages = List.copyOf(messages);
    }

    public static Partial none() {
        return NONE;
    }
}
