package dev.skein.models.langchain;

import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.ChatModel;
import java.util.function.Supplier;

/** A library that a provider needs and that may be absent. */
record Library(String provider, String artifact) {
    /**
     * Makes a model with it.
     *
     * @throws SkeinException with {@code model.not_configured} if the library is absent
     */
    ChatModel use(Supplier<ChatModel> make) {
        try {
            return make.get();
        } catch (NoClassDefFoundError e) {
            var remedy = "Add dev.langchain4j:" + artifact + " to the class path.";
            throw new SkeinException(
                    new ModelFailure.NotConfigured(
                            provider, "needs a library that is not there", remedy),
                    e);
        }
    }
}
