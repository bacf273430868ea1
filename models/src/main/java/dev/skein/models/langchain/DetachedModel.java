package dev.skein.models.langchain;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.ChatModel;
import dev.skein.model.DeltaListener;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.model.ModelSettings;
import dev.skein.model.TokenEstimator;
import dev.skein.models.wire.Aside;
import dev.skein.models.wire.Asking;
import dev.skein.models.wire.Envelope;
import dev.skein.models.wire.Gathering;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model of LangChain4j that does its own input and output. Nobody knows how it takes an
 * interrupt, so it is asked on a thread of its own: interrupted when the caller is, given five
 * seconds, then left behind and named in a warning. What it says is told on the calling thread.
 */
final class DetachedModel implements ChatModel {
    private final Traits traits;
    private final TokenEstimator estimator;
    private final dev.langchain4j.model.chat.@Nullable ChatModel whole;
    private final @Nullable StreamingChatModel streamed;
    private final Questions questions;
    private final Troubles troubles;

    DetachedModel(
            Traits traits,
            TokenEstimator estimator,
            dev.langchain4j.model.chat.@Nullable ChatModel whole,
            @Nullable StreamingChatModel streamed) {
        this.traits = traits;
        this.estimator = estimator;
        this.whole = whole;
        this.streamed = streamed;
        this.questions = new Questions(traits.info().id());
        this.troubles = new Troubles(traits.faults());
    }

    @Override
    public ModelInfo info() {
        return traits.info();
    }

    @Override
    public ModelReply reply(ModelCall call, DeltaListener deltas) throws InterruptedException {
        refuseUnsaid(call.settings());
        var shape = traits.shape(call);
        var request = questions.request(call, shape);
        var answers =
                new Answers(
                        new Asking(call, estimator, traits.faults()),
                        traits,
                        new Gathering(deltas, Envelope.around(shape.enveloped())));
        var pieces = new LinkedBlockingQueue<Heard.Piece>();
        var heard = new Heard(pieces::add);
        boolean streams =
                streamed != null && (whole == null || !deltas.equals(DeltaListener.none()));
        var aside =
                begin(
                        pieces::add,
                        () -> {
                            if (streams) streaming().chat(request, heard);
                            else heard.onCompleteResponse(whole().chat(request));
                        });
        try {
            var response = end(pieces, answers.gathering());
            return streams ? answers.streamed(response) : answers.whole(response);
        } catch (InterruptedException e) {
            heard.cancel();
            aside.leave();
            throw e;
        }
    }

    /** What the library can only say when a model is built cannot be said to one that is. */
    private void refuseUnsaid(ModelSettings settings) {
        if (settings.seed() == null && settings.reasoning() == null) return;
        var problem = "seed and reasoning can only be set when the model is built";
        throw new SkeinException(new ModelFailure.BadRequest(traits.info().id(), problem));
    }

    private Aside begin(Consumer<Heard.Piece> pieces, Runnable asking) {
        return Aside.start(
                traits.info().id(),
                () -> {
                    try {
                        asking.run();
                    } catch (RuntimeException | Error e) {
                        pieces.accept(new Heard.Piece.Failed(e));
                    }
                });
    }

    private ChatResponse end(LinkedBlockingQueue<Heard.Piece> pieces, Gathering gathering)
            throws InterruptedException {
        while (true) {
            switch (pieces.take()) {
                case Heard.Piece.Part(var step) -> step.accept(gathering);
                case Heard.Piece.Whole(var response) -> {
                    return response;
                }
                case Heard.Piece.Failed(var why) -> throw failed(why);
            }
        }
    }

    private SkeinException failed(Throwable why) {
        if (why instanceof Error error) throw error;
        return troubles.meaning(why);
    }

    private dev.langchain4j.model.chat.ChatModel whole() {
        if (whole == null) throw new IllegalStateException("this model only streams");
        return whole;
    }

    private StreamingChatModel streaming() {
        if (streamed == null) throw new IllegalStateException("this model does not stream");
        return streamed;
    }
}
