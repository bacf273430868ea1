package dev.skein.models.bedrock;

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

/** Reads an answer, as a whole or event by event. Its model is not named in it. */
final class ConverseReply implements Wire.Reading {
    private final Asking asking;
    private final Gathering gathering;
    private final String model;
    private Json counted = Json.nothing();
    private String finish = "";

    ConverseReply(Asking asking, Gathering gathering, String model) {
        this.asking = asking;
        this.gathering = gathering;
        this.model = model;
    }

    @Override
    public void whole(Json body) {
        if (body.get("output").isNull() && !body.get("message").isNull())
            throw asking.faults().reported(body);
        if (!(body.path("/output/message/content") instanceof Json.Arr(var blocks)))
            throw asking.faults().senseless("there is no answer in it");
        for (int i = 0; i < blocks.size(); i++) block(i, blocks.get(i));
        finish = body.get("stopReason").text();
        counted = body.get("usage");
    }

    private void block(int index, Json block) {
        if (block.get("text") instanceof Json.Text(var text)) gathering.text(text);
        var thought = block.get("reasoningContent");
        gathering.reasoning(thought.path("/reasoningText/text").text());
        sign(thought.get("reasoningText"), thought);
        var call = block.get("toolUse");
        if (call.isNull()) return;
        begin(index, call);
        gathering.arguments(index, Arguments.text(call.get("input")));
    }

    @Override
    public Heard event(ServerEvent sent) {
        var event = asking.json(sent.data());
        int index = (int) event.get("contentBlockIndex").asLong();
        switch (sent.name()) {
            case "contentBlockStart" -> {
                var call = event.path("/start/toolUse");
                if (!call.isNull()) begin(index, call);
            }
            case "contentBlockDelta" -> piece(index, event.get("delta"));
            case "messageStop" -> finish = event.get("stopReason").text();
            case "metadata" -> {
                counted = event.get("usage");
                return Heard.END;
            }
            case Frames.EXCEPTION -> throw asking.faults().reported(event);
            default -> {} // the beginning, ends of blocks, and what is new
        }
        return Heard.MORE;
    }

    private void begin(int index, Json call) {
        gathering.call(index, call.get("toolUseId").text(), call.get("name").text());
    }

    private void piece(int index, Json delta) {
        if (delta.get("text") instanceof Json.Text(var text)) gathering.text(text);
        var thought = delta.get("reasoningContent");
        gathering.reasoning(thought.get("text").text());
        sign(thought, thought);
        if (!(delta.path("/toolUse/input") instanceof Json.Text(var arguments))) return;
        if (!gathering.hasCall(index))
            throw asking.faults().senseless("arguments came for a call that was never begun");
        gathering.arguments(index, arguments);
    }

    private void sign(Json signed, Json redacted) {
        if (signed.get("signature") instanceof Json.Text(var signature))
            gathering.signature(signature);
        if (redacted.get("redactedContent") instanceof Json.Text(var hidden))
            gathering.signature(ConverseTurn.REDACTED + hidden);
    }

    @Override
    public ModelReply answer() {
        var ending = ending();
        if (isNothing() && mustSaySomething(ending))
            throw asking.faults().senseless("there is no answer in it");
        var message = gathering.message(asking.call(), asking.now());
        var usage = counted.fields().isEmpty() ? asking.estimate(message) : usage();
        return new ModelReply(message, usage, ending, model);
    }

    private boolean isNothing() {
        return gathering.characters() == 0 && gathering.calls() == 0;
    }

    /** Having seen what its calls came to, a model may have nothing to add. */
    private boolean mustSaySomething(Finish ending) {
        boolean follows = asking.call().messages().getLast() instanceof Message.Results;
        return finish.isEmpty() || ending == Finish.TOOLS || (ending == Finish.STOP && !follows);
    }

    /** The provider's input count leaves out what the cache had to do with; ours does not. */
    private Usage usage() {
        long read = counted.get("cacheReadInputTokens").asLong();
        long written = counted.get("cacheWriteInputTokens").asLong();
        return Usage.of(
                        counted.get("inputTokens").asLong() + read + written,
                        counted.get("outputTokens").asLong())
                .withCache(read, written);
    }

    private Finish ending() {
        return switch (finish) {
            case "end_turn", "stop_sequence" -> Finish.STOP;
            case "tool_use" -> Finish.TOOLS;
            case "max_tokens", "model_context_window_exceeded" -> Finish.LENGTH;
            case "content_filtered", "guardrail_intervened", "refusal" -> Finish.REFUSED;
            default -> Finish.OTHER;
        };
    }
}
