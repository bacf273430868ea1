package dev.skein.models.offline;

import dev.skein.json.Decoded;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.ChatModel;
import dev.skein.model.DeltaListener;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.model.ProviderContext;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes answers up, the same ones for the same conversation. In the first turn of a run it calls
 * every tool that it may call; then it answers. Arguments and typed answers fit their types, where
 * one of twenty variants does.
 */
final class OfflineModel implements ChatModel {
    private static final String MARK = "[offline] ";
    private static final int SHOWN = 200;

    private final ModelInfo info;
    private final ProviderContext context;
    private final Predicate<ToolSpec> callable;

    OfflineModel(ModelInfo info, ProviderContext context, Predicate<ToolSpec> callable) {
        this.info = info;
        this.context = context;
        this.callable = callable;
    }

    @Override
    public ModelReply reply(ModelCall call, DeltaListener deltas) {
        var at = context.time().instant();
        boolean first = call.turn() == 1 && !(call.messages().getLast() instanceof Message.Results);
        var calls = first ? callsOf(call) : List.<ToolCall>of();
        var message =
                calls.isEmpty()
                        ? Message.Assistant.of(answer(call), at)
                        : Message.Assistant.of("", at).withCalls(calls);
        var reply = Spoken.reply(call, message, info.id(), context.estimator());
        Spoken.tell(reply, deltas);
        return reply;
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    private List<ToolCall> callsOf(ModelCall call) {
        var calls = new ArrayList<ToolCall>();
        for (var tool : call.tools()) {
            if (!callable.test(tool)) continue;
            var id = "call_" + call.messages().size() + "_" + (calls.size() + 1);
            calls.add(new ToolCall(id, tool.name(), arguments(tool, seed(call) + calls.size())));
        }
        return calls;
    }

    private String answer(ModelCall call) {
        var output = call.output();
        if (output != null) return fitting(output, seed(call)).canonical();
        var input = input(call.messages());
        int end =
                input.offsetByCodePoints(
                        0, Math.min(SHOWN, input.codePointCount(0, input.length())));
        return MARK + input.substring(0, end);
    }

    private static Json arguments(ToolSpec tool, long seed) {
        for (int variant = 0; variant < Draw.VARIANTS; variant++) {
            var json = Sample.of(tool.input().schema(), seed, variant);
            if (tool.input().decodeStrictly(json) instanceof Decoded.Ok<?>) return json;
        }
        return Sample.of(tool.input().schema(), seed, 0);
    }

    private static Json fitting(JsonType<?> type, long seed) {
        for (int variant = 0; variant < Draw.VARIANTS; variant++) {
            var json = Sample.of(type.schema(), seed, variant);
            if (type.decode(json) instanceof Decoded.Ok<?>) return json;
        }
        return Sample.of(type.schema(), seed, 0);
    }

    /** What was asked last. */
    private static String input(List<Message> messages) {
        for (var message : messages.reversed())
            if (message instanceof Message.User user) return user.text();
        return "";
    }

    /**
     * From what was said, not from when; instructions are left out because they may name the day.
     */
    private long seed(ModelCall call) {
        long hash = info.id().hashCode();
        for (var message : call.messages()) {
            if (message instanceof Message.System) continue;
            hash = 31 * hash + message.text().hashCode();
        }
        return hash;
    }
}
