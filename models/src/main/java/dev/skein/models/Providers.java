package dev.skein.models;

import dev.skein.model.Provider;
import dev.skein.models.anthropic.Anthropic;
import dev.skein.models.bedrock.Bedrock;
import dev.skein.models.langchain.Gemini;
import dev.skein.models.langchain.Mistral;
import dev.skein.models.langchain.Ollama;
import dev.skein.models.openai.Compatible;
import dev.skein.models.openai.Flavor;
import dev.skein.models.wire.Site;
import dev.skein.policy.Secret;
import java.net.URI;

/**
 * Providers whose address and key a program gives by itself. Put into the configuration of a
 * runtime, they stand in front of those that the environment configures.
 */
public final class Providers {
    private Providers() {}

    /**
     * OpenAI at another address.
     *
     * @param base without {@code /chat/completions}, as in {@code https://api.openai.com/v1}
     */
    public static Provider openai(URI base, Secret key) {
        return new Compatible("openai", Flavor.OPENAI, new Site(base, key));
    }

    /**
     * Anthropic at another address.
     *
     * @param base without {@code /v1/messages}, as in {@code https://api.anthropic.com}
     */
    public static Provider anthropic(URI base, Secret key) {
        return new Anthropic(new Site(base, key));
    }

    /**
     * Anybody who speaks OpenAI's chat completions, under a name for model strings: {@code
     * [a-z][a-z0-9-]*}.
     *
     * @param base without {@code /chat/completions}
     */
    public static Provider compatible(String name, URI base, Secret key) {
        return new Compatible(checked(name), Flavor.COMPATIBLE, new Site(base, key));
    }

    /** The same where no key is asked for. */
    public static Provider compatible(String name, URI base) {
        return new Compatible(checked(name), Flavor.COMPATIBLE, new Site(base, null));
    }

    /**
     * Gemini at another address.
     *
     * @param base as in {@code https://generativelanguage.googleapis.com/v1beta}
     */
    public static Provider gemini(URI base, Secret key) {
        return new Gemini(new Site(base, key));
    }

    /**
     * Mistral at another address.
     *
     * @param base as in {@code https://api.mistral.ai/v1}
     */
    public static Provider mistral(URI base, Secret key) {
        return new Mistral(new Site(base, key));
    }

    /**
     * Ollama at another address.
     *
     * @param base as in {@code http://127.0.0.1:11434}
     */
    public static Provider ollama(URI base) {
        return new Ollama(new Site(base, null));
    }

    /**
     * Amazon Bedrock by an API key of its own, which is no access key of Amazon's.
     *
     * @param base as in {@code https://bedrock-runtime.eu-central-1.amazonaws.com}
     */
    public static Provider bedrock(URI base, Secret key) {
        return new Bedrock(new Site(base, key));
    }

    private static String checked(String name) {
        if (!name.matches("[a-z][a-z0-9-]*"))
            throw new IllegalArgumentException("a provider is called [a-z][a-z0-9-]*, not " + name);
        return name;
    }
}
