package dev.skein.models.langchain;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.Usage;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Mistral takes ids of calls only if they are nine letters and digits. Those of other models, and
 * those that the runtime made, become such ones, each always the same.
 */
final class MistralWording implements Wording {
    private static final int LENGTH = 9;
    private static final String ID = "id";
    private static final String RESULT_ID = "tool_call_id";

    @Override
    public String request(String body, ModelCall call) {
        boolean called = call.messages().stream().anyMatch(Message.Results.class::isInstance);
        if (!called || !(Json.parse(body) instanceof Json.Obj request)) return body;
        var messages = request.get("messages").items();
        return request.with("messages", messages.stream().map(MistralWording::taken).toList())
                .canonical();
    }

    @Override
    public Optional<Usage> counted(String event) {
        if (!event.contains("\"usage\"")) return Optional.empty();
        try {
            var counts = Json.parse(event).get("usage");
            if (counts.fields().isEmpty()) return Optional.empty();
            return Optional.of(
                    Usage.of(
                            counts.get("prompt_tokens").asLong(),
                            counts.get("completion_tokens").asLong()));
        } catch (SkeinException noJson) {
            return Optional.empty(); // the library says so in its own words
        }
    }

    private static Json taken(Json message) {
        if (!(message instanceof Json.Obj said)) return message;
        var renamed = said.get(RESULT_ID).isNull() ? said : renamed(said, RESULT_ID);
        var calls = said.get("tool_calls").items();
        return calls.isEmpty() ? renamed : renamed.with("tool_calls", renamed(calls));
    }

    private static List<Json> renamed(List<Json> calls) {
        var renamed = new ArrayList<Json>();
        for (var call : calls)
            renamed.add(call instanceof Json.Obj made ? renamed(made, ID) : call);
        return renamed;
    }

    private static Json.Obj renamed(Json.Obj from, String field) {
        return from.with(field, taken(from.get(field).text()));
    }

    private static String taken(String id) {
        if (id.matches("[a-zA-Z0-9]{9}")) return id;
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(id.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, digest).toString(Character.MAX_RADIX).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
