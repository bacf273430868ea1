package dev.skein.runtime;

import dev.skein.model.ChatModel;

/**
 * A model under the name by which agents ask for it, with the breaker that all its callers share.
 */
record BoundModel(String name, ChatModel model, Breaker breaker) {}
