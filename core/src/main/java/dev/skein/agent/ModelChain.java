package dev.skein.agent;

import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;

/** The rest of the way to the model. */
public interface ModelChain {
    /** May be called once. */
    ModelReply proceed(ModelCall call) throws InterruptedException;

    RunView run();
}
