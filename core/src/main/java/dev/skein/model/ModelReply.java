package dev.skein.model;

import java.util.Set;

/**
 * A model's whole answer.
 *
 * @param usage tokens as the provider counted them; its cost is filled in by the runtime
 * @param model the model that the provider says it used
 * @param used what the provider says that it did by itself
 */
public record ModelReply(
        Message.Assistant message,
        Usage usage,
        Finish finish,
        String model,
        Set<ProviderTool> used) {
    public ModelReply {
        used = Set.copyOf(used);
    }

    /** An answer for which the provider did nothing by itself. */
    public ModelReply(Message.Assistant message, Usage usage, Finish finish, String model) {
        this(message, usage, finish, model, Set.of());
    }

    public ModelReply withMessage(Message.Assistant message) {
        return new ModelReply(message, usage, finish, model, used);
    }

    public ModelReply withUsage(Usage usage) {
        return new ModelReply(message, usage, finish, model, used);
    }

    public ModelReply withUsed(Set<ProviderTool> used) {
        return new ModelReply(message, usage, finish, model, used);
    }
}
