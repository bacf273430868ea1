package dev.skein.testkit;

import dev.skein.model.Message;
import dev.skein.tool.ToolResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells a run from its messages alone: the turns that were finished, without their mishaps. */
final class Retelling {
    private final String model;
    private final Map<String, String> tools = new HashMap<>();
    private final List<Beat> beats = new ArrayList<>();
    private int turn;
    private boolean begun;

    private Retelling(String model) {
        this.model = model;
    }

    static List<Beat> of(List<Message> messages, String model) {
        var retelling = new Retelling(model);
        messages.forEach(retelling::tell);
        return List.copyOf(retelling.beats);
    }

    private void tell(Message message) {
        switch (message) {
            case Message.User user -> user(user.text());
            case Message.Assistant assistant -> assistant(assistant);
            case Message.Results(var results, _) -> results.forEach(this::result);
            case Message.System _ -> {}
        }
    }

    /**
     * What a user says to a run after its beginning is what the loop says: that an answer does not
     * fit.
     */
    private void user(String text) {
        beats.add(begun ? new Beat.Repaired(text) : new Beat.Noted("given " + text));
        begun = true;
    }

    private void assistant(Message.Assistant message) {
        beats.add(new Beat.Turn(++turn, model));
        if (!message.text().isEmpty()) beats.add(new Beat.Said(message.text()));
        for (var call : message.calls()) {
            tools.put(call.id(), call.name());
            beats.add(new Beat.Called(call.id(), call.name(), call.arguments().canonical()));
        }
    }

    private void result(ToolResult result) {
        var tool = tools.getOrDefault(result.callId(), result.callId());
        beats.add(new Beat.Returned(result.callId(), tool, result.text(), result.error()));
    }
}
