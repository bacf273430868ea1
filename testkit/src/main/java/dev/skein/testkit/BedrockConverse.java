package dev.skein.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.json.Json;
import dev.skein.model.Usage;
import dev.skein.testkit.Draft.Bit;
import dev.skein.testkit.Seen.Said;
import dev.skein.testkit.loop.HttpRequest;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Amazon Bedrock's {@code converse} and {@code converse-stream}, from its API reference of autumn
 * 2026. Streams are binary and end with the counted tokens; blocks of text have no beginning.
 */
final class BedrockConverse implements Dialect {
    private static final Pattern PATH =
            Pattern.compile("/model/([^/]+)/(converse|converse-stream)");
    private static final String STREAM = "/converse-stream";

    @Override
    public String name() {
        return "bedrock";
    }

    @Override
    public long contextTokens() {
        return 200_000;
    }

    @Override
    public String base() {
        return "/bedrock";
    }

    /** The secret that requests are signed with, and an API key too. */
    @Override
    public String key() {
        return "fake-bedrock-key";
    }

    @Override
    public boolean serves(String path) {
        return PATH.matcher(path).matches();
    }

    @Override
    public Framing framing() {
        return Framing.AMAZON;
    }

    @Override
    public boolean streams(HttpRequest request) {
        return request.target().endsWith(STREAM);
    }

    @Override
    public Ask read(String path, Json body) {
        var said = new ArrayList<Said>();
        var system = new StringBuilder();
        for (var block : body.get("system").items()) {
            system.append(block.get("text").text());
        }
        if (!system.isEmpty()) {
            said.add(Said.of("system", system.toString()));
        }
        for (var message : body.get("messages").items()) {
            read(message, said);
        }
        var asked = PATH.matcher(path);
        return new Ask(
                asked.matches() ? URLDecoder.decode(asked.group(1), UTF_8) : "",
                path.endsWith(STREAM),
                said,
                offers(body),
                schema(body),
                body);
    }

    private static List<Ask.Offer> offers(Json body) {
        var offers = new ArrayList<Ask.Offer>();
        for (var tool : body.path("/toolConfig/tools").items()) {
            Json spec = tool.get("toolSpec");
            offers.add(
                    new Ask.Offer(
                            spec.get("name").text(),
                            spec.get("description").text(),
                            spec.path("/inputSchema/json")));
        }
        return offers;
    }

    /** It is sent as a text. */
    static Json schema(Json body) {
        String text = body.path("/outputConfig/textFormat/structure/jsonSchema/schema").text();
        return text.isEmpty() ? Json.nothing() : Arguments.orText(text);
    }

    private static void read(Json message, List<Said> said) {
        var text = new StringBuilder();
        var calls = new ArrayList<Piece.Call>();
        for (var block : message.get("content").items()) {
            Json call = block.get("toolUse");
            Json result = block.get("toolResult");
            if (!call.isNull()) {
                calls.add(
                        new Piece.Call(
                                call.get("toolUseId").text(),
                                call.get("name").text(),
                                call.get("input")));
            } else if (!result.isNull()) {
                said.add(
                        Said.result(
                                result.get("toolUseId").text(),
                                result.path("/content/0/text").text()));
            } else {
                text.append(block.get("text").text());
            }
        }
        if (!text.isEmpty() || !calls.isEmpty()) {
            said.add(new Said(message.get("role").text(), text.toString(), calls, null));
        }
    }

    @Override
    public String barestPath(boolean streamed) {
        return "/model/fake/" + (streamed ? "converse-stream" : "converse");
    }

    @Override
    public @Nullable Refusal unauthorized(HttpRequest request) {
        return BedrockErrors.unauthorized(request, key());
    }

    @Override
    public @Nullable Refusal check(Ask ask, Limits limits) {
        return BedrockRules.check(ask, limits);
    }

    @Override
    public Refusal problem(int status, String message) {
        return BedrockErrors.problem(status, message);
    }

    @Override
    public Refusal quota() {
        return BedrockErrors.quota();
    }

    @Override
    public Event error(String type) {
        return BedrockErrors.inStream(type);
    }

    @Override
    public Map<String, String> variables() {
        return Map.of(
                "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "BASE",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", BedrockErrors.KEY_ID,
                "AWS_SECRET_ACCESS_KEY", "KEY");
    }

    @Override
    public String callId(String unique) {
        return "tooluse_" + unique;
    }

    @Override
    public Json whole(Draft draft) {
        var content = new ArrayList<Json>();
        for (var bit : told(draft)) {
            switch (bit) {
                case Bit.Text(var text) -> content.add(Json.object("text", text));
                case Bit.Reasoning(var text) -> content.add(thought(text));
                case Bit.Call call ->
                        content.add(
                                Json.object(
                                        "toolUse",
                                        begun(call)
                                                .with(
                                                        "input",
                                                        Arguments.orText(call.arguments()))));
                case Bit.Raw _ -> {}
            }
        }
        var message = Json.object("role", "assistant", "content", content);
        return ending(draft)
                .with("output", Json.object("message", message))
                .with("stopReason", stop(draft.ending()));
    }

    private static Json thought(String text) {
        var told = Json.object("text", text, "signature", "fake-signature");
        return Json.object("reasoningContent", Json.object("reasoningText", told));
    }

    @Override
    public List<Event> stream(Draft draft) {
        var events = new ArrayList<Event>();
        events.add(event("messageStart", Json.object("role", "assistant")));
        int index = 0;
        for (var bit : told(draft)) {
            if (bit instanceof Bit.Raw(var raw)) {
                events.add(new Event.Framed(raw));
            } else {
                block(draft, bit, index++, events);
            }
        }
        events.add(event("messageStop", Json.object("stopReason", stop(draft.ending()))));
        events.add(event("metadata", ending(draft)));
        return events;
    }

    private static List<Bit> told(Draft draft) {
        return draft.style().empty() ? List.of() : draft.bits();
    }

    private static void block(Draft draft, Bit bit, int index, List<Event> events) {
        if (bit instanceof Bit.Call call) {
            events.add(
                    event(
                            "contentBlockStart",
                            at(index).with("start", Json.object("toolUse", begun(call)))));
        }
        int named = draft.style().stray() && bit instanceof Bit.Call ? index + 7 : index;
        for (var delta : deltas(draft, bit)) {
            events.add(event("contentBlockDelta", at(named).with("delta", delta)));
        }
        events.add(event("contentBlockStop", at(index)));
    }

    private static List<Json> deltas(Draft draft, Bit bit) {
        var deltas = new ArrayList<Json>();
        switch (bit) {
            case Bit.Text(var text) ->
                    draft.fragments(text).forEach(p -> deltas.add(Json.object("text", p)));
            case Bit.Reasoning(var text) -> {
                draft.fragments(text).forEach(p -> deltas.add(reasoning("text", p)));
                deltas.add(reasoning("signature", "fake-signature"));
            }
            case Bit.Call call -> {
                // The service begins every input with an empty fragment.
                deltas.add(Json.object("toolUse", Json.object("input", "")));
                draft.fragments(call.arguments())
                        .forEach(p -> deltas.add(Json.object("toolUse", Json.object("input", p))));
            }
            case Bit.Raw _ -> {}
        }
        return deltas;
    }

    private static Json reasoning(String field, String text) {
        return Json.object("reasoningContent", Json.object(field, text));
    }

    private static Json.Obj at(int index) {
        return Json.object("contentBlockIndex", index);
    }

    /** Events have fillers, so that their length does not tell the length of a word. */
    private static Event event(String type, Json.Obj payload) {
        return new Event.Document(type, payload.with("p", "abcdefghij"));
    }

    private static Json.Obj begun(Bit.Call call) {
        var begun = Json.object("name", call.tool());
        return call.id() == null ? begun : begun.with("toolUseId", call.id());
    }

    private static Json.Obj ending(Draft draft) {
        var metrics = Json.object("metrics", Json.object("latencyMs", 5));
        Usage usage = draft.ending().usage();
        return usage == null ? metrics : metrics.with("usage", usage(usage));
    }

    private static Json usage(Usage usage) {
        return Json.object(
                "inputTokens",
                usage.input() - usage.cacheRead() - usage.cacheWrite(),
                "outputTokens",
                usage.output(),
                "totalTokens",
                usage.total(),
                "cacheReadInputTokens",
                usage.cacheRead(),
                "cacheWriteInputTokens",
                usage.cacheWrite());
    }

    private static String stop(Draft.Ending ending) {
        return ending.wordOr(
                switch (ending.finish()) {
                    case STOP -> "end_turn";
                    case TOOLS -> "tool_use";
                    case LENGTH -> "max_tokens";
                    case REFUSED -> "content_filtered";
                    case OTHER -> "malformed_model_output";
                });
    }
}
