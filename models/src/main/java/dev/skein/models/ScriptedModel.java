package dev.skein.models;

import dev.skein.failure.Failure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.ChatModel;
import dev.skein.model.DeltaListener;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.model.ProviderTool;
import dev.skein.model.TokenEstimator;
import dev.skein.model.Usage;
import dev.skein.models.offline.Spoken;
import dev.skein.policy.Timekeeper;
import dev.skein.tool.ToolCall;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * A model that says what it was told to say, one step for each call, and keeps every call. Whoever
 * listens hears the answer in a few pieces. A call beyond the last step fails with {@code
 * model.bad_reply}. Thread-safe.
 */
public final class ScriptedModel implements ChatModel {
    private static final String NAME = "scripted";
    private static final ModelInfo INFO =
            new ModelInfo(NAME, NAME, 200_000, 32_000, EnumSet.allOf(ModelInfo.Feature.class))
                    .withProviderTools(EnumSet.allOf(ProviderTool.class));

    private final Script script;
    private final ModelInfo info;

    private ScriptedModel(Script script, ModelInfo info) {
        this.script = script;
        this.info = info;
    }

    /** What the model does for one call. Steps are shared by all calls that reach them. */
    @FunctionalInterface
    public interface Step {
        /** The answer to this call; may block, and ends when it is interrupted. */
        ModelReply answer(ModelCall call) throws InterruptedException;

        /** The answer to this call, told to the listener before it is given. */
        default ModelReply answer(ModelCall call, DeltaListener deltas)
                throws InterruptedException {
            var reply = answer(call);
            Spoken.tell(reply, deltas);
            return reply;
        }

        /** The same answer with these tokens. */
        default Step using(long input, long output) {
            return call -> answer(call).withUsage(Usage.of(input, output));
        }
    }

    /** Gives these answers, one after the other, whoever asks. */
    public static ScriptedModel of(Step... steps) {
        return new ScriptedModel(Script.shared(List.of(steps)), INFO);
    }

    /** Gives this answer to every call. */
    public static ScriptedModel always(Step step) {
        return new ScriptedModel(Script.endless(step), INFO);
    }

    /** The same script, but every run begins it anew. The calls so far are not taken over. */
    public ScriptedModel perRun() {
        return new ScriptedModel(script.perRun(), info);
    }

    /** The same script, not begun, for a model of that kind. */
    public ScriptedModel withInfo(ModelInfo info) {
        return new ScriptedModel(script.anew(), info);
    }

    /** Says this text. */
    public static Step text(String text) {
        return call -> say(call, Message.Assistant.of(text, call.messages().getLast().at()));
    }

    /** Says this value as JSON: a {@link Json}, a record, or what else has a JSON form. */
    public static Step value(Object value) {
        return text(JsonType.encodeAny(value).canonical());
    }

    /** Calls a tool; arguments as {@link #value} takes them. */
    public static Step call(String tool, Object arguments) {
        return calls(new ToolCall("", tool, JsonType.encodeAny(arguments)));
    }

    /** Calls these tools at once. An empty id is filled in. */
    public static Step calls(ToolCall... calls) {
        var wanted = List.of(calls);
        return call -> {
            var message = Message.Assistant.of("", call.messages().getLast().at());
            return say(call, message.withCalls(withIds(wanted, call.messages().size())));
        };
    }

    /** Fails. */
    public static Step fail(Failure failure) {
        return call -> {
            throw new SkeinException(failure);
        };
    }

    /** Tells this text to whoever listens, and then fails. */
    public static Step breakAfter(String text, Failure failure) {
        return new Script.Broken(text, failure);
    }

    /** Waits, and then does what {@code then} says. */
    public static Step delay(Duration time, Step then) {
        return delay(Timekeeper.system(), time, then);
    }

    /** Waits by that clock, and then does what {@code then} says. */
    public static Step delay(Timekeeper clock, Duration time, Step then) {
        return new Script.Late(clock, time, then);
    }

    /** Never answers; ends when it is interrupted. */
    public static Step hang() {
        return call -> {
            new CountDownLatch(1).await();
            throw new IllegalStateException("a latch that nobody else has was opened");
        };
    }

    /** Gives exactly this answer. */
    public static Step reply(ModelReply reply) {
        return call -> reply;
    }

    /** All calls so far, in the order in which they came. */
    public List<ModelCall> calls() {
        return script.calls();
    }

    @Override
    public ModelReply reply(ModelCall call, DeltaListener deltas) throws InterruptedException {
        return script.next(call).answer(call, deltas);
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    private static ModelReply say(ModelCall call, Message.Assistant message) {
        return Spoken.reply(call, message, NAME, TokenEstimator.bytes());
    }

    private static List<ToolCall> withIds(List<ToolCall> calls, int messages) {
        return IntStream.range(0, calls.size())
                .mapToObj(i -> withId(calls.get(i), "call_" + messages + "_" + (i + 1)))
                .toList();
    }

    private static ToolCall withId(ToolCall call, String id) {
        return call.id().isEmpty() ? call.withId(id) : call;
    }
}
