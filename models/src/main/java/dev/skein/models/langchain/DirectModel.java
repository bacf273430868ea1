package dev.skein.models.langchain;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.skein.failure.SkeinException;
import dev.skein.model.ChatModel;
import dev.skein.model.DeltaListener;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.model.ModelSettings;
import dev.skein.model.ProviderContext;
import dev.skein.models.wire.Asking;
import dev.skein.models.wire.Envelope;
import dev.skein.models.wire.Gathering;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model of LangChain4j over our transport: asked on the calling thread, whose interrupt closes
 * the connection.
 */
final class DirectModel implements ChatModel {
    private final Traits traits;
    private final ProviderContext context;
    private final Function<ModelSettings, Both> make;
    private final Both plain;
    private final Questions questions;
    private final Troubles troubles;

    /** The two forms of one model. */
    record Both(dev.langchain4j.model.chat.ChatModel whole, StreamingChatModel streamed) {}

    /** Makes the model anew where the settings have what the library cannot say with a request. */
    DirectModel(Traits traits, ProviderContext context, Function<ModelSettings, Both> make) {
        this.traits = traits;
        this.context = context;
        this.make = make;
        this.plain = make.apply(ModelSettings.unset());
        this.questions = new Questions(traits.info().id());
        this.troubles = new Troubles(traits.faults());
    }

    @Override
    public ModelInfo info() {
        return traits.info();
    }

    @Override
    public ModelReply reply(ModelCall call, DeltaListener deltas) throws InterruptedException {
        var time = context.time();
        var shape = traits.shape(call);
        var gathering = new Gathering(deltas, Envelope.around(shape.enveloped()));
        long left = Duration.between(time.instant(), call.deadline()).toNanos();
        var passage = new Passage(call, time.nanos() + left, gathering);
        var answers =
                new Answers(
                        new Asking(call, context.estimator(), traits.faults()), traits, gathering);
        boolean listening = !deltas.equals(DeltaListener.none());
        try {
            return ScopedValue.where(Passage.CURRENT, passage)
                    .call(() ->
                            listening
                                    ? streamed(passage, shape, answers)
                                    : whole(call, shape, answers));
        } catch (RuntimeException e) {
            throw meaning(e, passage, gathering);
        }
    }

    private ModelReply whole(ModelCall call, Shape shape, Answers answers) {
        return answers.whole(model(call.settings()).whole().chat(questions.request(call, shape)));
    }

    private ModelReply streamed(Passage passage, Shape shape, Answers answers) {
        var call = passage.call();
        var end = new AtomicReference<Heard.@Nullable Piece>();
        var heard =
                new Heard(piece -> {
                    if (piece instanceof Heard.Piece.Part(var step))
                        take(() -> step.accept(answers.gathering()), passage);
                    else end.compareAndSet(null, piece);
                });
        model(call.settings()).streamed().chat(questions.request(call, shape), heard);
        return switch (end.get()) {
            case Heard.Piece.Whole(var response) when passage.isFinished() ->
                    answers.streamed(response);
            case Heard.Piece.Failed(var why) -> throw troubles.meaning(why);
            case Heard.Piece.Part _ -> throw new IllegalStateException("a part is no end");
            case Heard.Piece.Whole _ -> throw unfinished(answers);
            case null -> throw unfinished(answers);
        };
    }

    private SkeinException unfinished(Answers answers) {
        return traits.faults().unfinished(answers.gathering().characters());
    }

    /** A listener that throws ends the answer, which the library would not let it. */
    private static void take(Runnable step, Passage passage) {
        if (passage.thrown() != null) return;
        try {
            step.run();
        } catch (RuntimeException e) {
            throw passage.ended(e);
        }
    }

    private Both model(ModelSettings settings) {
        return settings.seed() == null && settings.reasoning() == null
                ? plain
                : make.apply(settings);
    }

    /** What became of the exchange says more than what the library made of it. */
    private RuntimeException meaning(RuntimeException thrown, Passage passage, Gathering gathering)
            throws InterruptedException {
        if (passage.wasInterrupted()) throw new InterruptedException();
        var ours = passage.thrown();
        if (ours != null) return ours;
        var refusal = passage.refusal();
        if (refusal != null) return traits.faults().refused(refusal);
        var broken = passage.broken();
        return broken == null
                ? troubles.meaning(thrown)
                : traits.faults().broken(broken, gathering.characters());
    }
}
