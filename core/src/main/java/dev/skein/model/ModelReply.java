package dev.skein.model;

/**
 * A model's whole answer.
 *
 * @param usage tokens as the provider counted them; its cost is filled in by the runtime
 * @param model the model that the provider says it used
 */
public record ModelReply(Message.Assistant message, Usage usage, Finish finish, String model) {
    public ModelReply withMessage(Message.Assistant message) {
        return new ModelReply(message, usage, finish, model);
    }

    public ModelReply withUsage(Usage usage) {
        return new ModelReply(message, usage, finish, model);
    }
}
