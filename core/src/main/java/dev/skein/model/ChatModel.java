package dev.skein.model;

/**
 * A language model that answers one conversation at a time. Implementations are thread-safe, hold
 * no state of a conversation and never retry: the runtime does. One interrupt ends a call within
 * 100 ms and closes its connection.
 */
public interface ChatModel {
    /**
     * Asks the model and waits for its whole answer. While it comes in, its pieces are handed to
     * {@code deltas} on the calling thread; a model that cannot stream gives none.
     *
     * @throws dev.skein.failure.SkeinException with a {@link dev.skein.failure.ModelFailure} if
     *     there is no answer
     */
    ModelReply reply(ModelCall call, DeltaListener deltas) throws InterruptedException;

    /** What the model is and can do. Does not contact anybody. */
    ModelInfo info();
}
