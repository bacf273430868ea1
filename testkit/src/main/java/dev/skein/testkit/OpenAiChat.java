package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.testkit.loop.HttpRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions. */
final class OpenAiChat implements Dialect {
    @Override
    public String name() {
        return "openai";
    }

    @Override
    public long contextTokens() {
        return 128_000;
    }

    @Override
    public String base() {
        return "/openai/v1";
    }

    @Override
    public String key() {
        return "fake-openai-key";
    }

    @Override
    public boolean serves(String path) {
        return path.equals("/chat/completions");
    }

    @Override
    public Framing framing() {
        return Framing.SSE;
    }

    @Override
    public boolean streams(HttpRequest request) {
        return request.hasTrue("stream");
    }

    @Override
    public Ask read(String path, Json body) {
        return ChatCompletions.read(body);
    }

    @Override
    public @Nullable Refusal unauthorized(HttpRequest request) {
        return OpenAiErrors.unauthorized(request, key());
    }

    @Override
    public @Nullable Refusal check(Ask ask, Limits limits) {
        return OpenAiRules.check(ask, limits);
    }

    @Override
    public Refusal problem(int status, String message) {
        return OpenAiErrors.problem(status, message);
    }

    @Override
    public Refusal quota() {
        return OpenAiErrors.quota();
    }

    @Override
    public Event error(String type) {
        String word = type.isEmpty() ? "server_error" : type;
        return Event.of(
                OpenAiErrors.body(
                        "The server had an error while processing your request. Sorry about that!",
                        word,
                        null,
                        null));
    }

    @Override
    public PromptCache.Kind caching() {
        return PromptCache.Kind.AUTOMATIC;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("OPENAI_BASE_URL", "BASE", "OPENAI_API_KEY", "KEY");
    }

    @Override
    public String callId(String unique) {
        return "call_" + unique;
    }

    @Override
    public Json whole(Draft draft) {
        return ChatCompletions.whole(draft);
    }

    @Override
    public List<Event> stream(Draft draft) {
        return ChatCompletions.stream(draft);
    }
}
