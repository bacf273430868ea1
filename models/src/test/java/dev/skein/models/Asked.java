package dev.skein.models;

import dev.skein.failure.Failure;
import dev.skein.failure.SkeinException;
import dev.skein.model.ChatModel;
import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What came of asking a model: an answer or a failure, and what was heard before. */
record Asked(@Nullable ModelReply reply, @Nullable SkeinException thrown, List<Delta> heard) {
    static Asked plainly(ChatModel model, ModelCall call) throws InterruptedException {
        return of(model, call, false);
    }

    static Asked of(ChatModel model, ModelCall call, boolean streamed) throws InterruptedException {
        var heard = new ArrayList<Delta>();
        try {
            return new Asked(
                    model.reply(call, streamed ? heard::add : DeltaListener.none()), null, heard);
        } catch (SkeinException e) {
            return new Asked(null, e, heard);
        }
    }

    ModelReply answer() {
        if (reply == null) throw new AssertionError("failed: " + failure(), thrown);
        return reply;
    }

    Failure failure() {
        if (thrown == null) throw new AssertionError("answered: " + reply);
        return thrown.failure();
    }

    String code() {
        return thrown == null ? "answered" : thrown.failure().code();
    }

    String heardText() {
        return heard.stream()
                .map(delta -> delta instanceof Delta.Text(var text) ? text : "")
                .collect(Collectors.joining());
    }

    /** All that anybody could read of it. */
    String everything() {
        var all = new StringBuilder(String.valueOf(reply));
        for (Throwable at = thrown; at != null; at = at.getCause()) all.append('\n').append(at);
        return thrown == null
                ? all.toString()
                : all.append('\n').append(failure()).append(failure().remedy()).toString();
    }
}
