package dev.skein.models.langchain;

import dev.skein.model.ModelCall;
import dev.skein.model.ProviderTool;
import dev.skein.model.Usage;
import java.util.Optional;
import java.util.Set;

/**
 * Puts right what a library says on a provider's wire, and tells it what it would not understand.
 * Everything is JSON as text, so that those who change nothing need not read it.
 */
interface Wording {
    /** The body of a request, as the provider takes it. */
    String request(String body, ModelCall call);

    /** Whether this event is the provider's mark of the end, or nobody has to look for one. */
    default boolean ends(String event) {
        return true;
    }

    /** What the provider has counted so far, if this event says it. */
    default Optional<Usage> counted(String event) {
        return Optional.empty();
    }

    /** What the provider did by itself, if this answer or event of one says it. */
    default Set<ProviderTool> used(String data) {
        return Set.of();
    }

    /** A whole answer or one event of a stream, as the library takes it. */
    default String reply(String data) {
        return data;
    }
}
