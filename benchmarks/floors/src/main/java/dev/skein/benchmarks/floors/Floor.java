package dev.skein.benchmarks.floors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.benchmarks.harness.Finding;
import dev.skein.benchmarks.harness.Subject;
import java.io.IOException;

/**
 * The least that anybody must do: build the JSON of the request, exchange it for the reply, read
 * the answer into a record. No journal, no limits, no checks. The property {@code listening=true}
 * has the answers streamed.
 */
abstract class Floor implements Subject {
    private static final int MOST_TURNS = 5;
    private static final String FORMAT =
            """
            {"type":"json_schema","json_schema":{"name":"finding","strict":true,"schema":{
              "type":"object","properties":{"city":{"type":"string"},"tempC":{"type":"integer"},
              "summary":{"type":"string"},"confidence":{"type":"number"},
              "sources":{"type":"array","items":{"type":"string"}}},
              "required":["city","tempC","summary","confidence","sources"],
              "additionalProperties":false}}}\
            """;
    private static final String TOOL_FORMAT =
            """
            {"type":"function","function":{"name":"%s","description":"%s","strict":true,"parameters":{
              "type":"object","properties":{"city":{"type":"string"}},"required":["city"],
              "additionalProperties":false}}}\
            """
                    .formatted(TOOL, TOOL_DESCRIPTION);

    private final boolean listening = Boolean.getBoolean("listening");
    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectReader findings = mapper.readerFor(Finding.class);
    private final JsonNode format = read(FORMAT);
    private final JsonNode toolFormat = read(TOOL_FORMAT);

    /** The body of the reply to that body. */
    abstract byte[] exchange(byte[] body) throws IOException, InterruptedException;

    @Override
    public Finding one() throws IOException, InterruptedException {
        return answer(request());
    }

    @Override
    public Finding tool() throws IOException, InterruptedException {
        var request = request();
        request.putArray("tools").add(toolFormat);
        return answer(request);
    }

    private ObjectNode request() {
        var request = mapper.createObjectNode().put("model", MODEL);
        var messages = request.putArray("messages");
        messages.addObject().put("role", "system").put("content", INSTRUCTIONS);
        messages.addObject().put("role", "user").put("content", QUESTION);
        request.set("response_format", format);
        if (listening) {
            request.put("stream", true);
            request.putObject("stream_options").put("include_usage", true);
        }
        return request;
    }

    private Finding answer(ObjectNode request) throws IOException, InterruptedException {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            var message = message(exchange(mapper.writeValueAsBytes(request)));
            if (message.path("tool_calls").isEmpty())
                return findings.readValue(message.path("content").asText());
            addResults(message, (ArrayNode) request.get("messages"));
        }
        throw new IOException("more than " + MOST_TURNS + " turns");
    }

    private JsonNode message(byte[] reply) throws IOException {
        return listening
                ? mapper.readTree(Pieces.message(reply))
                : mapper.readTree(reply).path("choices").path(0).path("message");
    }

    private void addResults(JsonNode message, ArrayNode messages) throws IOException {
        messages.add(message);
        for (var call : message.path("tool_calls")) {
            var arguments = mapper.readTree(call.path("function").path("arguments").asText());
            messages.addObject()
                    .put("role", "tool")
                    .put("tool_call_id", call.path("id").asText())
                    .put("content", Subject.weather(arguments.path("city").asText()));
        }
    }

    private JsonNode read(String json) {
        try {
            return mapper.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
