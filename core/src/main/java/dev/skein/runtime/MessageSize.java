package dev.skein.runtime;

import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import dev.skein.model.Message;
import dev.skein.model.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * The most that one message may have, in bytes of UTF-8. What is larger fits no model, but would be
 * copied into the journal, into the stored conversation and into every later request.
 */
final class MessageSize {
    private static final long MOST = 8L << 20;

    /** No character of a Java text needs more bytes. */
    private static final int WIDEST = 3;

    private MessageSize() {}

    /**
     * Of what an agent is asked.
     *
     * @throws SkeinException with {@code limit.size}
     */
    static void checkInput(String agent, String text) {
        check("Input of '" + agent + "'", List.of(text), "Give the agent less at once.");
    }

    /**
     * Of what a model said: text, thoughts and arguments of calls.
     *
     * @throws SkeinException with {@code limit.size}
     */
    static void checkAnswer(String model, Message.Assistant message) {
        var texts = new ArrayList<String>(message.parts().size() + message.calls().size());
        for (var part : message.parts()) {
            switch (part) {
                case Part.Text(var text) -> texts.add(text);
                case Part.Reasoning(var text, var signature) -> {
                    texts.add(text);
                    texts.add(signature);
                }
            }
        }
        for (var call : message.calls()) texts.add(call.arguments().canonical());
        check("The answer of " + model, texts, "Ask for less at once, or lower maxTokens.");
    }

    private static void check(String what, List<String> texts, String remedy) {
        long characters = 0;
        for (var text : texts) characters += text.length();
        if (characters <= MOST / WIDEST) return;
        long bytes = 0;
        for (var text : texts) bytes += Utf8.length(text);
        if (bytes > MOST)
            throw new SkeinException(new Limit.Size(what, bytes, MOST, "bytes", remedy));
    }
}
