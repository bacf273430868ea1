package dev.skein.testkit;

import dev.skein.model.ChatModel;
import dev.skein.model.ProviderContext;
import java.util.Map;

/**
 * What every {@link ChatModel} that speaks to a provider must do, against a {@link FakeProvider}.
 * Extend it, and give the wire, a way to make the model, and what the model or its provider cannot
 * do. Which cases passed, and which were skipped and why, is written to {@code
 * target/contracts/chat-model-<implementation>.txt}; the implementation is called as the class that
 * extends this one, without {@code Test}.
 *
 * <pre>{@code
 * class OpenAiTest extends ChatModelContract {
 *     @Override
 *     protected Wire wire(FakeProvider provider) {
 *         return provider.openai();
 *     }
 *
 *     @Override
 *     protected ChatModel model(String name, ProviderContext context) {
 *         return new OpenAi().model(name, context);
 *     }
 *
 *     @Override
 *     protected Map<Trait, String> lacks() {
 *         return Map.of(Trait.REASONING_TEXT, "this wire does not show it");
 *     }
 * }
 * }</pre>
 */
public abstract class ChatModelContract extends ModelCallerCases {
    /** For subclasses. */
    protected ChatModelContract() {}

    /** What a model, or the provider behind it, may lack. */
    public enum Trait {
        /** Gives an answer piece by piece. */
        STREAMING,
        /** Calls tools. */
        TOOLS,
        /** Is sent the schema that an answer must fit. */
        SCHEMA,
        /** Says how many input tokens came from a cache. */
        CACHE_COUNT,
        /** Says how many output tokens were thinking. */
        REASONING_COUNT,
        /** Shows what it thought. */
        REASONING_TEXT,
        /** Says how long to wait, and is heard. */
        RETRY_AFTER,
        /** Asks for a key. */
        KEY,
        /** Says that an input is too long. */
        OVERFLOW,
        /** Says by a word of its own that it declined. */
        REFUSAL_WORD,
        /** Keeps connections for the next call. */
        KEPT_CONNECTIONS,
        /** Uses the limits of the context that it was made with. */
        LIMITS
    }

    /** The wire of the fake provider that the model speaks. */
    @Override
    protected abstract Wire wire(FakeProvider provider);

    /** What the model finds in its environment: by default {@link FakeProvider#environment()}. */
    @Override
    protected Map<String, String> environment(FakeProvider provider) {
        return provider.environment();
    }

    /**
     * Makes the model of that name; must not contact anybody. Called anew in each case.
     *
     * @param context has that environment, the real time, and limits; what is shared through it is
     *     closed when the case is over
     */
    @Override
    protected abstract ChatModel model(String name, ProviderContext context);

    /** What it cannot do, each with the reason that stands in the report; nothing by default. */
    @Override
    protected Map<Trait, String> lacks() {
        return Map.of();
    }
}
