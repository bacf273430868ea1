package dev.skein.runtime;

/** Says once per runtime, where people look, that answers are made up. */
final class OfflineNotice {
    private OfflineNotice() {}

    static void print() {
        System.err.println(
                """
                skein: no model key found: answering with the offline model. Answers are made up.
                skein: set ANTHROPIC_API_KEY, OPENAI_API_KEY or GEMINI_API_KEY, or start Ollama.
                skein: SKEIN_MODEL=offline: silences this.\
                """);
    }
}
