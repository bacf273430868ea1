package dev.skein.models.langchain;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.ModelCall;
import dev.skein.model.ProviderTool;
import dev.skein.model.Usage;
import dev.skein.models.wire.ToolInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the library for Gemini gets wrong: it sends each result of a tool as a turn of its own where
 * the provider wants all of one turn together, it sends schemas of tools in the provider's small
 * language though it takes real ones, it refuses answers that end with a word that it does not
 * know, and it fails on answers without counted tokens.
 *
 * @param signs whether the model wants the first call of each turn back with its signature
 */
record GeminiWording(boolean signs) implements Wording {
    private static final Set<String> KNOWN_ENDS =
            Set.of(
                    "STOP",
                    "MAX_TOKENS",
                    "SAFETY",
                    "RECITATION",
                    "LANGUAGE",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "MALFORMED_FUNCTION_CALL",
                    "OTHER");
    private static final String RESPONSE = "functionResponse";
    private static final String SIGNATURE = "thoughtSignature";

    /** What Google's page on thought signatures wants with calls that another model made. */
    private static final String ANOTHERS = "skip_thought_signature_validator";

    @Override
    public String request(String body, ModelCall call) {
        if (!(Json.parse(body) instanceof Json.Obj request)) return body;
        var spoken = request.with("contents", joined(request.get("contents").items()));
        var tools = new ArrayList<Json>();
        if (!call.tools().isEmpty())
            tools.add(Json.object("functionDeclarations", declarations(call)));
        tools.addAll(GeminiTools.of(call));
        if (!tools.isEmpty()) spoken = spoken.with("tools", tools);
        return spoken.canonical();
    }

    private List<Json> joined(List<Json> contents) {
        var joined = new ArrayList<Json>();
        for (var content : contents) {
            boolean sameTurn =
                    !joined.isEmpty() && isResults(joined.getLast()) && isResults(content);
            if (sameTurn) joined.add(together(joined.removeLast(), content));
            else joined.add(signs ? signed(content) : content);
        }
        return joined;
    }

    private static Json signed(Json content) {
        var parts = new ArrayList<>(content.get("parts").items());
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).get("functionCall").isNull()) continue;
            if (!(parts.get(i) instanceof Json.Obj first) || !first.get(SIGNATURE).isNull()) break;
            parts.set(i, first.with(SIGNATURE, ANOTHERS));
            return Json.object("parts", parts, "role", content.get("role"));
        }
        return content;
    }

    private static boolean isResults(Json content) {
        return content.get("parts").items().stream().noneMatch(part -> part.get(RESPONSE).isNull());
    }

    private static Json together(Json first, Json second) {
        var parts = new ArrayList<>(first.get("parts").items());
        parts.addAll(second.get("parts").items());
        return Json.object("parts", parts, "role", first.get("role"));
    }

    private static List<Json> declarations(ModelCall call) {
        var declarations = new ArrayList<Json>();
        for (var tool : call.tools()) {
            var schema = ToolInput.schema(tool);
            var declared = Json.object("name", tool.name(), "description", tool.description());
            boolean takesNothing = schema.get("properties").fields().isEmpty();
            declarations.add(
                    takesNothing ? declared : declared.with("parametersJsonSchema", schema));
        }
        return declarations;
    }

    /** Otherwise the library takes a stream for whole as soon as it has had a call. */
    @Override
    public boolean ends(String event) {
        return event.contains("\"finishReason\"");
    }

    @Override
    public String reply(String data) {
        var known = data;
        try {
            if (Json.parse(data) instanceof Json.Obj reply) known = understood(reply, data);
        } catch (SkeinException noJson) {
            return data; // the library says so in its own words
        }
        return known;
    }

    @Override
    public Set<ProviderTool> used(String data) {
        try {
            return GeminiTools.used(Json.parse(data));
        } catch (SkeinException noJson) {
            return Set.of(); // the library says so in its own words
        }
    }

    @Override
    public Optional<Usage> counted(String event) {
        if (!event.contains("\"usageMetadata\"")) return Optional.empty();
        try {
            var counts = Json.parse(event).get("usageMetadata");
            return counts.fields().isEmpty() ? Optional.empty() : Optional.of(usage(counts));
        } catch (SkeinException noJson) {
            return Optional.empty(); // the library says so in its own words
        }
    }

    private static Usage usage(Json counts) {
        long thoughts = counts.get("thoughtsTokenCount").asLong();
        long said = counts.get("candidatesTokenCount").asLong();
        return Usage.of(counts.get("promptTokenCount").asLong(), said + thoughts)
                .withCache(counts.get("cachedContentTokenCount").asLong(), 0)
                .withReasoning(thoughts);
    }

    private static String understood(Json.Obj reply, String data) {
        var word = reply.path("/candidates/0/finishReason").text();
        boolean strange = !word.isEmpty() && !KNOWN_ENDS.contains(word);
        boolean uncounted = reply.get("usageMetadata").isNull();
        if (!strange && !uncounted) return data;
        var known = reply;
        if (strange && reply.path("/candidates/0") instanceof Json.Obj candidate)
            known = known.with("candidates", List.of(candidate.with("finishReason", "OTHER")));
        return (uncounted ? known.with("usageMetadata", Json.object()) : known).canonical();
    }
}
