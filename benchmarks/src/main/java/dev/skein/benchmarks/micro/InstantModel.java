package dev.skein.benchmarks.micro;

import dev.skein.json.Json;
import dev.skein.model.ChatModel;
import dev.skein.model.DeltaListener;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.model.Usage;
import dev.skein.tool.ToolCall;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A model that costs nothing: it calls the tool that it is offered, if any, and then answers. */
final class InstantModel implements ChatModel {
    private static final ModelInfo INFO =
            new ModelInfo(
                    "bench:instant",
                    "bench",
                    200_000,
                    4_096,
                    Set.of(ModelInfo.Feature.TOOLS, ModelInfo.Feature.SCHEMA));
    private static final Usage USAGE = Usage.of(120, 42);

    @Override
    public ModelReply reply(ModelCall call, DeltaListener deltas) {
        boolean asks =
                !call.tools().isEmpty() && !(call.messages().getLast() instanceof Message.Results);
        return asks ? asking() : answer();
    }

    @Override
    public ModelInfo info() {
        return INFO;
    }

    private static ModelReply asking() {
        var call = new ToolCall("call_1", "nothing", Json.object());
        var message = new Message.Assistant(List.of(), List.of(call), Instant.EPOCH);
        return new ModelReply(message, USAGE, Finish.TOOLS, "instant");
    }

    private static ModelReply answer() {
        var message = Message.Assistant.of("Done.", Instant.EPOCH);
        return new ModelReply(message, USAGE, Finish.STOP, "instant");
    }
}
