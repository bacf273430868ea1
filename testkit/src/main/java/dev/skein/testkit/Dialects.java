package dev.skein.testkit;

import java.util.List;

/** All wires that there are. */
final class Dialects {
    private Dialects() {}

    static List<Dialect> all() {
        return List.of(
                new OpenAiChat(),
                new AnthropicMessages(),
                new GeminiGenerate(),
                new MistralChat(),
                new OllamaChat(),
                new BedrockConverse());
    }
}
