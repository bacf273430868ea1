package dev.skein.testkit;

import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.ChatModel;
import dev.skein.model.DeltaListener;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.model.Part;
import dev.skein.model.Usage;
import dev.skein.tool.ToolCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A model that says what it was taught, one lesson a call. */
final class Parrot implements ChatModel {
    private final Queue<Lesson> lessons = new ConcurrentLinkedQueue<>();
    private final Map<String, ToolCall> errands = new ConcurrentHashMap<>();

    /** What is done on one call. */
    interface Lesson {
        ModelReply reply(ModelCall call) throws InterruptedException;
    }

    Parrot says(String text) {
        return learns(_ -> reply(text, List.of()));
    }

    Parrot calls(String tool, String arguments) {
        return learns(
                _ -> reply("", List.of(new ToolCall("c" + tool, tool, Json.parse(arguments)))));
    }

    Parrot fails() {
        return learns(_ -> {
            throw overloaded();
        });
    }

    static SkeinException overloaded() {
        return new SkeinException(new ModelFailure.Overloaded("parrot", 529, "too many crackers"));
    }

    Parrot learns(Lesson lesson) {
        lessons.add(lesson);
        return this;
    }

    /** Whoever says exactly this gets that call made, and then is told that it is done. */
    Parrot runs(String errand, ToolCall call) {
        errands.put(errand, call);
        return this;
    }

    static ModelReply reply(String text, List<ToolCall> calls) {
        var parts = text.isEmpty() ? List.<Part>of() : List.<Part>of(new Part.Text(text));
        return new ModelReply(
                new Message.Assistant(parts, calls, Instant.EPOCH),
                Usage.of(10, 5),
                calls.isEmpty() ? Finish.STOP : Finish.TOOLS,
                "parrot");
    }

    @Override
    public ModelReply reply(ModelCall call, DeltaListener deltas) throws InterruptedException {
        var errand = errands.get(asked(call));
        if (errand != null)
            return call.messages().getLast() instanceof Message.Results
                    ? reply("Done.", List.of())
                    : reply("", List.of(errand));
        var lesson = lessons.poll();
        if (lesson == null)
            throw new SkeinException(new ModelFailure.BadReply("parrot", "it knows no more"));
        return lesson.reply(call);
    }

    private static String asked(ModelCall call) {
        for (var message : call.messages())
            if (message instanceof Message.User) return message.text();
        return "";
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo("parrot", "test", 100_000, 4_096, Set.of(ModelInfo.Feature.TOOLS));
    }
}
