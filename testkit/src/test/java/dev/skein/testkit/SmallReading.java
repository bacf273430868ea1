package dev.skein.testkit;

import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import dev.skein.model.Part;
import dev.skein.model.Usage;
import dev.skein.tool.ToolCall;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one answer of chat completions. */
final class SmallReading {
    private final ModelCall call;
    private final String name;
    private final DeltaListener deltas;
    private final StringBuilder text = new StringBuilder();
    private final TreeMap<Long, Pending> calls = new TreeMap<>();
    private String finish = "";
    private String model = "";
    private @Nullable Usage usage;
    private boolean answered;

    /** A call whose arguments come in. */
    private record Pending(String id, String name, StringBuilder arguments) {}

    SmallReading(ModelCall call, String name, DeltaListener deltas) {
        this.call = call;
        this.name = name;
        this.deltas = deltas;
    }

    void whole(byte[] body) {
        read(parsed(body), "message");
    }

    /** False if that was the mark of the end. */
    boolean event(String data) {
        if (data.equals("[DONE]")) return false;
        read(parsed(data.getBytes(StandardCharsets.UTF_8)), "delta");
        return true;
    }

    ModelReply reply() {
        if (!answered) throw bad("there is no answer in it");
        var parts =
                text.isEmpty() ? List.<Part>of() : List.<Part>of(new Part.Text(text.toString()));
        var all = new ArrayList<ToolCall>();
        for (var one : calls.values())
            all.add(new ToolCall(one.id, one.name, arguments(one.arguments.toString())));
        return new ModelReply(
                new Message.Assistant(parts, all, Instant.EPOCH), counted(), finish(), model);
    }

    private void read(Json body, String place) {
        if (!body.get("error").isNull())
            throw new SkeinException(new ModelFailure.Overloaded(name, 200, "it says so"));
        model = body.get("model").text(model);
        if (!body.get("usage").isNull()) usage = usage(body.get("usage"));
        for (var choice : body.get("choices").items()) {
            answered = true;
            finish = choice.get("finish_reason").text(finish);
            said(choice.get(place));
        }
    }

    private void said(Json message) {
        var piece = message.get("content").text();
        text.append(piece);
        if (!piece.isEmpty()) deltas.on(new Delta.Text(piece));
        long place = 0;
        for (var one : message.get("tool_calls").items())
            called(one, one.get("index").asLong(place++));
    }

    private void called(Json one, long index) {
        var function = one.get("function");
        if (!function.get("name").isNull()) {
            var pending =
                    new Pending(
                            one.get("id").text(), function.get("name").text(), new StringBuilder());
            calls.put(index, pending);
            deltas.on(new Delta.CallStarted(pending.id, pending.name));
        }
        var pending = calls.get(index);
        if (pending == null) throw bad("fragments of a call that never began");
        var fragment = function.get("arguments").text();
        pending.arguments.append(fragment);
        if (!fragment.isEmpty()) deltas.on(new Delta.CallArguments(pending.id, fragment));
    }

    private static Usage usage(Json told) {
        return Usage.of(told.get("prompt_tokens").asLong(), told.get("completion_tokens").asLong())
                .withCache(told.path("/prompt_tokens_details/cached_tokens").asLong(), 0)
                .withReasoning(told.path("/completion_tokens_details/reasoning_tokens").asLong());
    }

    private Usage counted() {
        return usage != null ? usage : Usage.of(call.messages().size(), text.length() / 4 + 1);
    }

    private Finish finish() {
        return switch (finish) {
            case "stop" -> Finish.STOP;
            case "tool_calls" -> Finish.TOOLS;
            case "length" -> Finish.LENGTH;
            case "content_filter" -> Finish.REFUSED;
            default -> Finish.OTHER;
        };
    }

    private static Json arguments(String written) {
        try {
            return Json.parse(written);
        } catch (SkeinException e) {
            return Json.of(written); // no JSON stays the text that it is
        }
    }

    private Json parsed(byte[] body) {
        try {
            return Json.parse(body);
        } catch (SkeinException e) {
            throw bad("it is no JSON");
        }
    }

    private SkeinException bad(String why) {
        return new SkeinException(new ModelFailure.BadReply(name, why));
    }
}
