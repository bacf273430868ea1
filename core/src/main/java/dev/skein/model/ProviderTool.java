package dev.skein.model;

import java.util.Locale;

/**
 * A tool that the provider of a model runs by itself while the model answers. Its calls do not pass
 * the gate of the runtime; what can be refused is that the model is told of it at all.
 */
public enum ProviderTool {
    WEB_SEARCH,
    WEB_FETCH,
    CODE_EXECUTION,
    FILE_SEARCH,
    IMAGE_GENERATION;

    /** Its name for policies and for people, such as {@code web_search}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
