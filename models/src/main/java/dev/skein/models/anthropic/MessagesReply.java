package dev.skein.models.anthropic;

import dev.skein.http.ServerEvent;
import dev.skein.json.Json;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelReply;
import dev.skein.model.Usage;
import dev.skein.models.wire.Arguments;
import dev.skein.models.wire.Asking;
import dev.skein.models.wire.Gathering;
import dev.skein.models.wire.Heard;
import dev.skein.models.wire.Wire;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Reads an answer, whole or event by event. */
final class MessagesReply implements Wire.Reading {
    private final Asking asking;
    private final Gathering gathering;
    private final BitSet others = new BitSet();
    private Json.Obj counted = Json.object();
    private @Nullable String finish;
    private String model = "";

    MessagesReply(Asking asking, Gathering gathering) {
        this.asking = asking;
        this.gathering = gathering;
    }

    @Override
    public void whole(Json body) {
        if (body.get("type").text().equals("error")) throw asking.faults().reported(body);
        if (!(body.get("content") instanceof Json.Arr(var blocks)))
            throw asking.faults().senseless("there is no answer in it");
        head(body);
        for (int i = 0; i < blocks.size(); i++) block(i, blocks.get(i), true);
        ending(body);
    }

    @Override
    public Heard event(ServerEvent sent) {
        var event = asking.json(sent.data());
        switch (event.get("type").text()) {
            case "message_start" -> head(event.get("message"));
            case "content_block_start" ->
                    block((int) event.get("index").asLong(), event.get("content_block"), false);
            case "content_block_delta" -> {
                return delta((int) event.get("index").asLong(), event.get("delta"));
            }
            case "message_delta" -> {
                count(event.get("usage"));
                ending(event.get("delta"));
            }
            case "error" -> throw asking.faults().reported(event);
            case "message_stop" -> {
                return Heard.END;
            }
            default -> {} // pings, ends of blocks, and what is new
        }
        return Heard.MORE;
    }

    private Heard delta(int index, Json delta) {
        piece(index, delta);
        return switch (delta.get("type").text()) {
            case "text_delta" -> new Heard.Piece(delta.get("text").text(), gathering::text);
            case "thinking_delta" ->
                    new Heard.Piece(delta.get("thinking").text(), gathering::reasoning);
            case "input_json_delta" ->
                    new Heard.Piece(
                            delta.get("partial_json").text(), piece -> arguments(index, piece));
            default -> Heard.MORE;
        };
    }

    @Override
    public ModelReply answer() {
        var ending = finish(finish == null ? "" : finish);
        if (isNothing() && mustSaySomething(ending))
            throw asking.faults().senseless("there is no answer in it");
        var message = gathering.message(asking.call(), asking.now());
        var usage = counted.fields().isEmpty() ? asking.estimate(message) : usage();
        return new ModelReply(message, usage, ending, model, gathering.used());
    }

    private boolean mustSaySomething(Finish ending) {
        return finish == null
                || ending == Finish.TOOLS
                || (ending == Finish.STOP && !followsResults());
    }

    private boolean isNothing() {
        return gathering.characters() == 0 && gathering.calls() == 0;
    }

    /** Having seen what its calls came to, this model may have nothing to add. */
    private boolean followsResults() {
        return asking.call().messages().getLast() instanceof Message.Results;
    }

    private void head(Json message) {
        model = message.get("model").text();
        count(message.get("usage"));
    }

    /** Later counts replace earlier ones, but say only what has changed. */
    private void count(Json usage) {
        for (var field : usage.fields().entrySet())
            if (!field.getValue().isNull())
                counted = counted.with(field.getKey(), field.getValue());
        if (!counted.fields().isEmpty()) gathering.counted(usage());
    }

    private void ending(Json from) {
        if (from.get("stop_reason") instanceof Json.Text(var word)) finish = word;
    }

    private void block(int index, Json block, boolean whole) {
        switch (block.get("type").text()) {
            case "text" -> gathering.text(block.get("text").text());
            case "thinking" -> {
                gathering.reasoning(block.get("thinking").text());
                if (!block.get("signature").text().isEmpty())
                    gathering.signature(block.get("signature").text());
            }
            case "redacted_thinking" ->
                    gathering.signature(TurnWriter.REDACTED + block.get("data").text());
            case "tool_use" -> {
                gathering.call(index, block.get("id").text(), block.get("name").text());
                // A stream begins with an empty input, and its pieces follow.
                if (whole) gathering.arguments(index, Arguments.text(block.get("input")));
            }
            case "server_tool_use" -> {
                others.set(index);
                ServerTools.named(block.get("name").text()).ifPresent(gathering::used);
            }
            default -> others.set(index); // what came of that, and what is new
        }
    }

    private void piece(int index, Json delta) {
        switch (delta.get("type").text()) {
            case "text_delta" -> gathering.text(delta.get("text").text());
            case "thinking_delta" -> gathering.reasoning(delta.get("thinking").text());
            case "signature_delta" -> gathering.signature(delta.get("signature").text());
            case "input_json_delta" -> arguments(index, delta.get("partial_json").text());
            default -> {} // what is new
        }
    }

    private void arguments(int index, String piece) {
        if (others.get(index)) return;
        if (!gathering.hasCall(index))
            throw asking.faults().senseless("arguments came for a call that was never begun");
        gathering.arguments(index, piece);
    }

    /** The provider's input count leaves out what the cache had to do with; ours does not. */
    private Usage usage() {
        long read = counted.get("cache_read_input_tokens").asLong();
        long written = counted.get("cache_creation_input_tokens").asLong();
        return Usage.of(
                        counted.get("input_tokens").asLong() + read + written,
                        counted.get("output_tokens").asLong())
                .withCache(read, written);
    }

    private static Finish finish(String word) {
        return switch (word) {
            case "end_turn", "stop_sequence" -> Finish.STOP;
            case "tool_use" -> Finish.TOOLS;
            case "max_tokens", "model_context_window_exceeded" -> Finish.LENGTH;
            case "refusal" -> Finish.REFUSED;
            default -> Finish.OTHER;
        };
    }
}
