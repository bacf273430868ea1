package dev.skein.models.offline;

import dev.skein.model.Delta;
import dev.skein.model.DeltaListener;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import dev.skein.model.Part;
import dev.skein.model.TokenEstimator;
import dev.skein.models.wire.Arguments;
import dev.skein.models.wire.Estimate;

/** How a made-up answer is counted and told. */
public final class Spoken {
    private static final int FEWEST_LETTERS = 8;
    private static final int PIECES = 4;

    private Spoken() {}

    /** The answer with its tokens estimated and the finish that goes with it. */
    public static ModelReply reply(
            ModelCall call, Message.Assistant message, String model, TokenEstimator estimator) {
        var finish = message.calls().isEmpty() ? Finish.STOP : Finish.TOOLS;
        return new ModelReply(message, Estimate.usage(call, message, estimator), finish, model);
    }

    /** Tells the answer in a few pieces, as a model that streams would. */
    public static void tell(ModelReply reply, DeltaListener deltas) {
        if (deltas.equals(DeltaListener.none())) return;
        for (var part : reply.message().parts()) tell(part, deltas);
        for (var call : reply.message().calls()) {
            deltas.on(new Delta.CallStarted(call.id(), call.name()));
            deltas.on(new Delta.CallArguments(call.id(), Arguments.text(call.arguments())));
        }
    }

    /** Tells a text in a few pieces, none of which ends inside a character. */
    public static void tell(String text, DeltaListener deltas) {
        int letters = text.codePointCount(0, text.length());
        int size = Math.max(FEWEST_LETTERS, (letters + PIECES - 1) / PIECES);
        for (int from = 0; from < text.length(); ) {
            int left = text.codePointCount(from, text.length());
            int to = text.offsetByCodePoints(from, Math.min(left, size));
            deltas.on(new Delta.Text(text.substring(from, to)));
            from = to;
        }
    }

    private static void tell(Part part, DeltaListener deltas) {
        switch (part) {
            case Part.Text(var text) -> tell(text, deltas);
            case Part.Reasoning(var text, _) -> deltas.on(new Delta.Reasoning(text));
        }
    }
}
