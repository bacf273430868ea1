package dev.skein.runtime;

import dev.skein.model.Message;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A conversation in which every call has exactly one result, directly after its message. A call
 * without one gets an error result; a result without a call is dropped.
 */
record Mending(List<Message> messages, List<String> repairs) {
    static Mending of(List<Message> stored) {
        var messages = new ArrayList<Message>(stored.size());
        var repairs = new ArrayList<String>(0);
        for (int i = 0; i < stored.size(); i++) {
            var message = stored.get(i);
            if (message instanceof Message.Results) {
                repairs.add("results without calls were dropped");
                continue;
            }
            messages.add(message);
            if (!(message instanceof Message.Assistant(_, var calls, _, _)) || calls.isEmpty())
                continue;
            boolean answered =
                    i + 1 < stored.size() && stored.get(i + 1) instanceof Message.Results;
            var found =
                    answered
                            ? ((Message.Results) stored.get(++i)).results()
                            : List.<ToolResult>of();
            messages.add(new Message.Results(matched(calls, found, repairs), message.at()));
        }
        return new Mending(List.copyOf(messages), List.copyOf(repairs));
    }

    private static List<ToolResult> matched(
            List<ToolCall> calls, List<ToolResult> found, List<String> repairs) {
        Map<String, ToolResult> byCall = new HashMap<>();
        for (var result : found) byCall.putIfAbsent(result.callId(), result);
        var results = new ArrayList<ToolResult>(calls.size());
        for (var call : calls) {
            var result = byCall.remove(call.id());
            if (result == null)
                repairs.add("call " + call.id() + " of '" + call.name() + "' had no result");
            results.add(
                    result == null
                            ? new ToolResult(call.id(), "no result was recorded", true)
                            : result);
        }
        byCall.keySet().stream()
                .sorted()
                .forEach(id -> repairs.add("result " + id + " had no call and was dropped"));
        return results;
    }
}
