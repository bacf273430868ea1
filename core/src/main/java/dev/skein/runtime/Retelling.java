package dev.skein.runtime;

import dev.skein.model.Message;
import dev.skein.tool.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A conversation as plain text, one line or more for each thing that was said or done. */
final class Retelling {
    private Retelling() {}

    static String of(List<Message> messages) {
        var lines = new ArrayList<String>();
        Map<String, String> called = new HashMap<>();
        for (var message : messages) {
            switch (message) {
                case Message.System _ -> {} // never part of a conversation
                case Message.User user -> lines.add("user: " + user.text());
                case Message.Assistant said -> said(said, lines, called);
                case Message.Results(var results, _) ->
                        results.forEach(result ->
                                lines.add(
                                        called.getOrDefault(result.callId(), "a tool")
                                                + (result.error() ? " failed: " : " gave: ")
                                                + result.text()));
            }
        }
        return String.join("\n", lines);
    }

    /** The same, its middle left out where it is too long. */
    static String within(Excerpt limit, List<Message> messages) {
        var text = of(messages);
        return limit.fits(text) ? text : limit.of(text, "[… a part is left out here …]");
    }

    private static void said(
            Message.Assistant said, List<String> lines, Map<String, String> called) {
        var who = said.speaker() == null ? "assistant" : said.speaker();
        if (!said.text().isBlank()) lines.add(who + ": " + said.text());
        for (ToolCall call : said.calls()) {
            called.put(call.id(), call.name());
            lines.add(who + " called " + call.name() + " with " + call.arguments().canonical());
        }
    }
}
