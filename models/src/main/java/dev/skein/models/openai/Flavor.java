package dev.skein.models.openai;

import dev.skein.model.ProviderTool;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How those who speak this wire differ from one another. */
public enum Flavor {
    /** OpenAI, and what is put in its place by another address. */
    OPENAI,
    /** Anybody else who says to be compatible. */
    COMPATIBLE,
    OPENROUTER,
    AZURE;

    /** Those of OpenAI's models that search on this wire; all others do so on another one only. */
    private static final Pattern SEARCHING = Pattern.compile("gpt-.*-search(-.*)?");

    private static final Pattern REASONING =
            Pattern.compile("(o[134]|gpt-[5-9]|gpt-[1-9][0-9])([-.].*)?");

    /** What the provider can do by itself for that model. */
    Set<ProviderTool> searches(String model) {
        return this == OPENAI && SEARCHING.matcher(model).matches()
                ? Set.of(ProviderTool.WEB_SEARCH)
                : Set.of();
    }

    /**
     * What the limit of output tokens is called. OpenAI's reasoning models refuse the old word, and
     * servers that are merely compatible may not know the new one.
     */
    String maxTokens(URI base, String model) {
        boolean itself =
                this == AZURE || base.getHost().toLowerCase(Locale.ROOT).endsWith(".openai.com");
        return itself || (this == OPENAI && REASONING.matcher(model).matches())
                ? "max_completion_tokens"
                : "max_tokens";
    }
}
