package dev.skein.models.openai;

import dev.skein.http.ServerEvent;
import dev.skein.json.Json;
import dev.skein.model.Finish;
import dev.skein.model.ModelReply;
import dev.skein.model.ProviderTool;
import dev.skein.model.Usage;
import dev.skein.models.wire.Arguments;
import dev.skein.models.wire.Asking;
import dev.skein.models.wire.Faults;
import dev.skein.models.wire.Gathering;
import dev.skein.models.wire.Heard;
import dev.skein.models.wire.Wire;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an answer, whole or piece by piece. */
final class ChatReply implements Wire.Reading {
    private static final String END = "[DONE]";
    private static final Set<String> PLAIN = Set.of("role", "content", "tool_calls");
    private static final Set<String> FRAGMENT = Set.of("index", "function");

    private final Asking asking;
    private final Gathering gathering;
    private final Map<Long, Integer> slots = new HashMap<>();
    private @Nullable String finish;
    private @Nullable Usage usage;
    private boolean refused;
    private String model = "";

    ChatReply(Asking asking, Gathering gathering) {
        this.asking = asking;
        this.gathering = gathering;
    }

    @Override
    public void whole(Json body) {
        head(body);
        var choice = body.get("choices").at(0);
        if (!(choice.get("message") instanceof Json.Obj message))
            throw faults().senseless("there is no answer in it");
        pieces(message);
        int index = 0;
        for (var call : message.get("tool_calls").items()) call(index++, call);
        finish = choice.get("finish_reason").text();
    }

    @Override
    public Heard event(ServerEvent event) {
        if (event.data().equals(END)) return Heard.END;
        var chunk = asking.json(event.data());
        piece(chunk);
        var choices = chunk.get("choices").items();
        return choices.size() == 1 && chunk.get("usage").isNull()
                ? heard(choices.getFirst())
                : Heard.MORE;
    }

    /** A piece of text or of arguments, if the choice says nothing else. */
    private Heard heard(Json choice) {
        var delta = choice.get("delta");
        boolean going = choice.get("index").asLong(0) == 0 && choice.get("finish_reason").isNull();
        if (!going || !PLAIN.containsAll(delta.fields().keySet())) return Heard.MORE;
        var calls = delta.get("tool_calls").items();
        if (delta.get("content") instanceof Json.Text(var text) && calls.isEmpty())
            return new Heard.Piece(text, gathering::text);
        return delta.get("content").isNull() && calls.size() == 1
                ? fragment(calls.getFirst())
                : Heard.MORE;
    }

    private Heard fragment(Json call) {
        var function = call.get("function");
        boolean only = FRAGMENT.equals(call.fields().keySet()) && function.fields().size() == 1;
        if (!only || !(function.get("arguments") instanceof Json.Text(var text))) return Heard.MORE;
        if (!(call.get("index") instanceof Json.Num number)) return Heard.MORE;
        // Looked up each time: another call may take the number over.
        return new Heard.Piece(
                text, piece -> gathering.arguments(slots.getOrDefault(number.asLong(0), 0), piece));
    }

    private void piece(Json chunk) {
        head(chunk);
        for (var choice : chunk.get("choices").items()) {
            if (choice.get("index").asLong(0) != 0) continue;
            var delta = choice.get("delta");
            pieces(delta);
            for (var call : delta.get("tool_calls").items()) callPiece(call);
            if (choice.get("finish_reason") instanceof Json.Text(var word)) finish = word;
        }
    }

    @Override
    public ModelReply answer() {
        if (finish == null && gathering.characters() == 0 && gathering.calls() == 0)
            throw faults().senseless("there is no answer in it");
        var message = gathering.message(asking.call(), asking.now());
        var ending = refused ? Finish.REFUSED : finish(finish == null ? "" : finish);
        var counted = usage == null ? asking.estimate(message) : usage;
        return new ModelReply(message, counted, ending, model, gathering.used());
    }

    private void head(Json body) {
        if (!body.get("error").isNull()) throw faults().reported(body);
        if (body.get("model") instanceof Json.Text(var name)) model = name;
        if (body.get("usage") instanceof Json.Obj counted) {
            usage = usage(counted);
            gathering.counted(usage);
        }
    }

    private void pieces(Json message) {
        gathering.reasoning(message.get("reasoning_content").text(message.get("reasoning").text()));
        gathering.text(text(message.get("content")));
        var refusal = message.get("refusal").text();
        refused |= !refusal.isEmpty();
        if (!message.get("annotations").items().isEmpty()) gathering.used(ProviderTool.WEB_SEARCH);
        gathering.text(refusal);
    }

    private static String text(Json content) {
        if (content instanceof Json.Text(var text)) return text;
        var all = new StringBuilder();
        for (var part : content.items()) all.append(part.get("text").text());
        return all.toString();
    }

    private void call(int index, Json call) {
        var function = call.get("function");
        gathering.call(index, call.get("id").text(), function.get("name").text());
        arguments(index, function);
    }

    /**
     * Some servers number all calls 0, and tell them apart by their ids only; some do not number
     * them at all.
     */
    private void callPiece(Json piece) {
        var function = piece.get("function");
        var id = piece.get("id").text();
        var name = function.get("name").text();
        long number =
                piece.get("index")
                        .asLong(id.isEmpty() ? gathering.calls() - 1L : gathering.calls());
        var slot = slots.get(number);
        boolean another =
                slot != null
                        && !id.isEmpty()
                        && !name.isEmpty()
                        && !id.equals(gathering.callId(slot));
        if (slot == null || another) {
            if (name.isEmpty())
                throw faults().senseless("arguments came for a call that was never begun");
            slot = gathering.calls();
            slots.put(number, slot);
            gathering.call(slot, id, name);
        }
        arguments(slot, function);
    }

    private void arguments(int slot, Json function) {
        var arguments = function.get("arguments");
        if (!arguments.isNull()) gathering.arguments(slot, Arguments.text(arguments));
    }

    private Faults faults() {
        return asking.faults();
    }

    private static Usage usage(Json counted) {
        long cached = counted.get("prompt_tokens_details").get("cached_tokens").asLong();
        long reasoning = counted.get("completion_tokens_details").get("reasoning_tokens").asLong();
        return Usage.of(
                        counted.get("prompt_tokens").asLong(),
                        counted.get("completion_tokens").asLong())
                .withCache(cached, 0)
                .withReasoning(reasoning);
    }

    private static Finish finish(String word) {
        return switch (word) {
            case "stop" -> Finish.STOP;
            case "tool_calls", "function_call" -> Finish.TOOLS;
            case "length" -> Finish.LENGTH;
            case "content_filter" -> Finish.REFUSED;
            default -> Finish.OTHER;
        };
    }
}
