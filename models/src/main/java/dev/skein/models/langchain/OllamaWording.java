package dev.skein.models.langchain;

import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;

/** The library for Ollama sends results of tools without saying of which tool they are. */
final class OllamaWording implements Wording {
    @Override
    public String request(String body, ModelCall call) {
        var named = named(call);
        if (named.isEmpty() || !(Json.parse(body) instanceof Json.Obj request)) return body;
        var messages = new ArrayList<Json>();
        for (var message : request.get("messages").items()) {
            boolean result = message.get("role").text().equals("tool");
            if (result && message instanceof Json.Obj told && !named.isEmpty())
                messages.add(told.with("tool_name", named.removeFirst()));
            else messages.add(message);
        }
        return request.with("messages", messages).canonical();
    }

    /** The tools of all results, in the order in which these are sent. */
    private static Deque<String> named(ModelCall call) {
        var tools = new HashMap<String, String>();
        var named = new ArrayDeque<String>();
        for (var message : call.messages()) {
            if (message instanceof Message.Assistant(_, var calls, _, _))
                calls.forEach(made -> tools.put(made.id(), made.name()));
            if (message instanceof Message.Results(var results, _))
                results.forEach(
                        result -> named.add(tools.getOrDefault(result.callId(), "unknown")));
        }
        return named;
    }
}
