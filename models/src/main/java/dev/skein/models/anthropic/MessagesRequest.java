package dev.skein.models.anthropic;

import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.json.JsonWriter;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelSettings;
import dev.skein.models.wire.Habit;
import dev.skein.models.wire.OutputFormat;
import dev.skein.models.wire.Thinking;
import dev.skein.models.wire.ToolBytes;
import dev.skein.models.wire.ToolInput;
import dev.skein.models.wire.Turns;
import dev.skein.tool.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes requests, straight into bytes. */
final class MessagesRequest {
    private static final int TOKENS_IF_UNSET = 1_024;
    private static final int FEWEST_THOUGHTS = 1_024;

    private final String model;
    private final Set<Habit> habits;
    private final ToolBytes tools = new ToolBytes(MessagesRequest::tool);

    MessagesRequest(String model, Set<Habit> habits) {
        this.model = model;
        this.habits = habits;
    }

    byte[] bytes(ModelCall call, OutputFormat format, boolean streamed) {
        var settings = call.settings();
        if (settings.seed() != null) throw seedless();
        int thoughts = thoughts(settings);
        int tokens = settings.maxTokens() == null ? TOKENS_IF_UNSET : settings.maxTokens();
        // What is thought counts as output, so the limit has to have room for both.
        var out =
                new JsonWriter(2048)
                        .object()
                        .field("model", model)
                        .field("max_tokens", (long) tokens + thoughts);
        system(out, call.messages(), format.instruction());
        out.name("messages").array();
        for (var turn : Turns.of(call.messages())) new TurnWriter(out).write(turn);
        out.endArray();
        tools.write(out, call.tools(), ServerTools.of(call));
        output(out, format, settings.reasoning());
        thinking(out, thoughts);
        settings(out, settings);
        if (streamed) out.field("stream", true);
        return out.endObject().toBytes();
    }

    /** What is thought at most; 0 where the model decides that itself. */
    private int thoughts(ModelSettings settings) {
        return settings.reasoning() == null || thinksAsNeeded()
                ? 0
                : Math.max(FEWEST_THOUGHTS, Thinking.tokens(settings.reasoning()));
    }

    private boolean thinksAsNeeded() {
        return habits.contains(Habit.THINKS_AS_NEEDED);
    }

    private void output(JsonWriter out, OutputFormat format, @Nullable String reasoning) {
        var effort = reasoning == null || !thinksAsNeeded() ? "" : Thinking.word(reasoning);
        if (!format.hasField() && effort.isEmpty()) return;
        out.name("output_config").object();
        if (!effort.isEmpty()) out.field("effort", effort);
        if (format.hasField()) out.name("format").raw(format.field());
        out.endObject();
    }

    /** A conversation is trimmed, and prompts tell the date: thoughts of before may be dropped. */
    private void thinking(JsonWriter out, int thoughts) {
        boolean bound = habits.contains(Habit.BINDS_THOUGHTS);
        if (thoughts == 0 && !bound) return;
        out.name("thinking").object().field("type", bound ? "adaptive" : "enabled");
        if (thoughts > 0) out.field("budget_tokens", thoughts);
        if (bound) {
            out.name("block_binding").object();
            out.field("prefix_mismatch_behavior", "drop_block").endObject();
        }
        out.endObject();
    }

    private SkeinException seedless() {
        return new SkeinException(
                new ModelFailure.BadRequest("anthropic:" + model, "it takes no seed"));
    }

    private static void system(JsonWriter out, List<Message> messages, String instruction) {
        var texts = new ArrayList<String>();
        for (var message : messages)
            if (message instanceof Message.System(var text, _) && !text.isBlank()) texts.add(text);
        if (!instruction.isEmpty()) texts.add(instruction);
        if (!texts.isEmpty()) out.field("system", String.join("\n\n", texts));
    }

    private static void tool(JsonWriter out, ToolSpec tool) {
        out.object().field("name", tool.name()).field("description", tool.description());
        out.field("input_schema", ToolInput.schema(tool)).endObject();
    }

    private static void settings(JsonWriter out, ModelSettings settings) {
        if (settings.temperature() != null) out.field("temperature", settings.temperature());
        if (settings.topP() != null) out.field("top_p", settings.topP());
        if (!settings.stop().isEmpty()) {
            out.name("stop_sequences").array();
            settings.stop().forEach(out::value);
            out.endArray();
        }
        settings.extra().forEach(out::field);
    }
}
