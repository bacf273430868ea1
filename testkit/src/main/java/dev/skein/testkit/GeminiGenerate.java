package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.model.Finish;
import dev.skein.model.Usage;
import dev.skein.testkit.Draft.Bit;
import dev.skein.testkit.Seen.Said;
import dev.skein.testkit.loop.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's {@code generateContent} and {@code streamGenerateContent?alt=sse}. Calls have no ids and
 * their arguments are whole objects, also in streams, which end with the chunk that has the reason.
 */
final class GeminiGenerate implements Dialect {
    private static final Pattern PATH =
            Pattern.compile("/models/([^/:]+):(generateContent|streamGenerateContent)");
    private static final String STREAM = ":streamGenerateContent";

    @Override
    public String name() {
        return "gemini";
    }

    @Override
    public long contextTokens() {
        return 1_048_576;
    }

    @Override
    public String base() {
        return "/gemini/v1beta";
    }

    @Override
    public String key() {
        return "fake-gemini-key";
    }

    @Override
    public boolean serves(String path) {
        return PATH.matcher(path).matches();
    }

    @Override
    public Framing framing() {
        return Framing.SSE_CRLF;
    }

    @Override
    public boolean streams(HttpRequest request) {
        return request.target().contains(STREAM);
    }

    @Override
    public Ask read(String path, Json body) {
        var said = new ArrayList<Said>();
        String system = text(body.path("/systemInstruction/parts"));
        if (!system.isEmpty()) {
            said.add(Said.of("system", system));
        }
        for (var content : body.get("contents").items()) {
            read(content, said);
        }
        var offers = new ArrayList<Ask.Offer>();
        for (var tool : body.get("tools").items()) {
            for (var declared : tool.get("functionDeclarations").items()) {
                offers.add(
                        new Ask.Offer(
                                declared.get("name").text(),
                                declared.get("description").text(),
                                either(declared, "parameters", "parametersJsonSchema")));
            }
        }
        var asked = PATH.matcher(path);
        return new Ask(
                asked.matches() ? asked.group(1) : "",
                path.contains(STREAM),
                said,
                offers,
                either(body.get("generationConfig"), "responseJsonSchema", "responseSchema"),
                body);
    }

    @Override
    public String barestPath(boolean streamed) {
        return "/models/fake:" + (streamed ? "streamGenerateContent" : "generateContent");
    }

    private static Json either(Json from, String first, String second) {
        Json one = from.get(first);
        return one.isNull() ? from.get(second) : one;
    }

    private static void read(Json content, List<Said> said) {
        var text = new StringBuilder();
        var calls = new ArrayList<Piece.Call>();
        for (var part : content.get("parts").items()) {
            Json call = part.get("functionCall");
            Json response = part.get("functionResponse");
            if (!call.isNull()) {
                calls.add(new Piece.Call("", call.get("name").text(), call.get("args")));
            } else if (!response.isNull()) {
                said.add(Said.result(response.get("name").text(), told(response.get("response"))));
            } else if (!part.get("thought").asBoolean(false)) {
                text.append(part.get("text").text());
            }
        }
        boolean model = content.get("role").text().equals("model");
        if (!text.isEmpty() || !calls.isEmpty()) {
            said.add(new Said(model ? "assistant" : "user", text.toString(), calls, null));
        }
    }

    /** A response is an object; clients put a text into a field of any name. */
    private static String told(Json response) {
        var fields = response.fields();
        return fields.size() == 1 && fields.values().iterator().next() instanceof Json.Text(var one)
                ? one
                : response.canonical();
    }

    private static String text(Json parts) {
        var all = new StringBuilder();
        for (var part : parts.items()) {
            all.append(part.get("text").text());
        }
        return all.toString();
    }

    @Override
    public @Nullable Refusal unauthorized(HttpRequest request) {
        return GeminiErrors.unauthorized(request, key());
    }

    @Override
    public @Nullable Refusal check(Ask ask, Limits limits) {
        return GeminiRules.check(ask, limits);
    }

    @Override
    public Refusal problem(int status, String message) {
        return GeminiErrors.problem(status, message);
    }

    @Override
    public Refusal quota() {
        return GeminiErrors.quota();
    }

    @Override
    public Event error(String type) {
        return Event.of(GeminiErrors.inStream(type));
    }

    @Override
    public PromptCache.Kind caching() {
        return PromptCache.Kind.AUTOMATIC;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("GEMINI_BASE_URL", "BASE", "GEMINI_API_KEY", "KEY");
    }

    @Override
    public String callId(String unique) {
        return "";
    }

    @Override
    public Json whole(Draft draft) {
        var parts = new ArrayList<Json>();
        for (var bit : told(draft)) {
            parts.add(part(draft, bit));
        }
        return chunk(draft, parts, finish(draft.ending()), draft.ending().usage());
    }

    @Override
    public List<Event> stream(Draft draft) {
        var events = new ArrayList<Event>();
        for (var bit : told(draft)) {
            switch (bit) {
                case Bit.Text(var text) ->
                        draft.fragments(text)
                                .forEach(p -> events.add(part(draft, Json.object("text", p))));
                case Bit.Reasoning(var text) ->
                        draft.fragments(text).forEach(p -> events.add(part(draft, thought(p))));
                case Bit.Call call -> events.add(part(draft, part(draft, call)));
                case Bit.Raw(var raw) -> events.add(new Event.Framed(raw));
            }
        }
        var last = List.<Json>of(Json.object("text", ""));
        events.add(Event.of(chunk(draft, last, finish(draft.ending()), draft.ending().usage())));
        return events;
    }

    /** A call that the limit cut off is not told. */
    private static List<Bit> told(Draft draft) {
        boolean cut = draft.ending().finish() == Finish.LENGTH;
        return draft.bits().stream().filter(bit -> !(cut && bit instanceof Bit.Call)).toList();
    }

    private static Event part(Draft draft, Json part) {
        Usage usage = draft.ending().usage();
        var soFar = usage == null ? null : Usage.of(usage.input(), 0);
        return Event.of(chunk(draft, List.of(part), null, soFar));
    }

    private static Json part(Draft draft, Bit bit) {
        return switch (bit) {
            case Bit.Text(var text) -> Json.object("text", text);
            case Bit.Reasoning(var text) -> thought(text);
            case Bit.Call call -> call(draft, call);
            case Bit.Raw _ -> Json.object("text", "");
        };
    }

    private static Json thought(String text) {
        return Json.object("text", text, "thought", true);
    }

    private static Json call(Draft draft, Bit.Call call) {
        var args = Arguments.orText(call.arguments());
        var part = Json.object("functionCall", Json.object("name", call.tool(), "args", args));
        boolean signed = !draft.reasoning().isEmpty() || isSigned(draft, call);
        return signed ? part.with("thoughtSignature", "ZmFrZQ==") : part;
    }

    /** From their third version on models sign the first call of each of their turns. */
    private static boolean isSigned(Draft draft, Bit.Call call) {
        return GeminiRules.signs(draft.ask().model())
                && draft.bits().stream().filter(Bit.Call.class::isInstance).findFirst().stream()
                        .anyMatch(call::equals);
    }

    private static Json chunk(
            Draft draft, List<Json> parts, @Nullable String finish, @Nullable Usage usage) {
        var content = Json.object("parts", parts, "role", "model");
        var candidate = Json.object("content", content, "index", 0);
        var chunk =
                Json.object(
                        "candidates",
                        draft.style().empty()
                                ? List.of()
                                : List.of(
                                        finish == null
                                                ? candidate
                                                : candidate.with("finishReason", finish)));
        if (usage != null) {
            chunk = chunk.with("usageMetadata", usage(usage));
        }
        return chunk.with("modelVersion", draft.ask().model()).with("responseId", draft.id());
    }

    private static Json usage(Usage usage) {
        var counted =
                Json.object(
                        "promptTokenCount", usage.input(),
                        "candidatesTokenCount", usage.output() - usage.reasoning(),
                        "totalTokenCount", usage.total());
        if (usage.cacheRead() > 0) {
            counted = counted.with("cachedContentTokenCount", usage.cacheRead());
        }
        return usage.reasoning() > 0
                ? counted.with("thoughtsTokenCount", usage.reasoning())
                : counted;
    }

    private static String finish(Draft.Ending ending) {
        return ending.wordOr(
                switch (ending.finish()) {
                    case STOP, TOOLS -> "STOP";
                    case LENGTH -> "MAX_TOKENS";
                    case REFUSED -> "SAFETY";
                    case OTHER -> "OTHER";
                });
    }
}
