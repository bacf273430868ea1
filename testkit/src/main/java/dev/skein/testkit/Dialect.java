package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.testkit.loop.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one provider's wire says, and what it refuses to hear. No state. */
interface Dialect {
    /** The provider's name in model strings. */
    String name();

    /** The name of the wire: that of the provider, unless it has several. */
    default String wire() {
        return name();
    }

    /** How many tokens its usual models read. */
    long contextTokens();

    /** The beginning of all its paths on the server. */
    String base();

    /** The key that it accepts. */
    String key();

    /** Whether that is where it gives answers; the path is without base and query. */
    boolean serves(String path);

    /** How it frames its streams. */
    Framing framing();

    /** Whether an answer is streamed, looking at the bytes only. */
    boolean streams(HttpRequest request);

    /** What is asked; of what the wire would refuse, as much as can be read. */
    Ask read(String path, Json body);

    /**
     * A path that asks for nothing, streamed or not, for wires that have the model or the way of
     * asking in it.
     */
    default String barestPath(boolean streamed) {
        return "";
    }

    /** The refusal for lacking or wrong credentials, or null. */
    @Nullable Refusal unauthorized(HttpRequest request);

    /** The refusal that the provider has for this, or null. */
    @Nullable Refusal check(Ask ask, Limits limits);

    /** The provider's error for that status; an empty message stands for the usual one. */
    Refusal problem(int status, String message);

    /** Money or quota is used up. */
    Refusal quota();

    /** The event for an error in a stream that has begun. */
    Event error(String type);

    /** The event that only says that the stream lives, where the provider has one. */
    default Optional<Event> ping() {
        return Optional.empty();
    }

    /** When input counts as read from a cache. */
    default PromptCache.Kind caching() {
        return PromptCache.Kind.NONE;
    }

    /**
     * What a GET of that path gives, where the provider has something there that clients look at.
     */
    default Optional<Json> look(String path) {
        return Optional.empty();
    }

    /** The variables that lead a client here; BASE stands for the address and KEY for the key. */
    Map<String, String> variables();

    /** A call id of the provider's form, made from a unique word of 12 letters and digits. */
    String callId(String unique);

    /** The body that is not streamed. */
    Json whole(Draft draft);

    /** The events that are; the last one is the mark of the end. */
    List<Event> stream(Draft draft);
}
