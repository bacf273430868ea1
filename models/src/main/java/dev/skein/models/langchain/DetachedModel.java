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
import dev.skein.models.wire.Asking;
import dev.skein.models.wire.Envelope;
import dev.skein.models.wire.Gathering;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model of LangChain4j that does its own input and output. Nobody knows how it takes an
 * interrupt, so it is asked on a thread of its own: interrupted when the caller is, given five
 * seconds, then left behind and named in a warning. What it says is told on the calling thread.
 */
final class DetachedModel implements ChatModel {
    private static final System.Logger LOG = System.getLogger("dev.skein.models");
    private static final Duration GRACE = Duration.ofSeconds(5);

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
        var thread =
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
            leave(thread);
            throw e;
        }
    }

    /** What the library can only say when a model is built cannot be said to one that is. */
    private void refuseUnsaid(ModelSettings settings) {
        if (settings.seed() == null && settings.reasoning() == null) return;
        var problem = "seed and reasoning can only be set when the model is built";
        throw new SkeinException(new ModelFailure.BadRequest(traits.info().id(), problem));
    }

    private Thread begin(Consumer<Heard.Piece> pieces, Runnable asking) {
        return Thread.ofVirtual()
                .name("skein-model-" + traits.info().id())
                .start(() -> {
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

    private void leave(Thread thread) throws InterruptedException {
        thread.interrupt();
        if (!thread.join(GRACE)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} was interrupted and did not end; it is left behind in {1}",
                    traits.info().id(),
                    thread.getName());
        }
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
