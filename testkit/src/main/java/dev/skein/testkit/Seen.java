package dev.skein.testkit;

import dev.skein.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it arrived.
 *
 * @param wire the name of the wire: {@code openai}, {@code anthropic}, …
 * @param number the how-manieth request of its wire it was, from 1, faulty answers included
 * @param body the body as sent
 * @param said the conversation in it, in the same words for all wires
 */
public record Seen(String wire, int number, Envelope envelope, Json body, List<Said> said) {
    /** Copies the conversation. */
    public Seen {
        said = List.copyOf(said);
    }

    /** The model that was asked for; empty if none was. */
    public String model() {
        return envelope.model();
    }

    /** The text of the last message; empty if there is none. */
    public String lastText() {
        return said.isEmpty() ? "" : said.getLast().text();
    }

    /** The texts of all results of tools, oldest first. */
    public List<String> results() {
        return said.stream().filter(s -> s.role().equals("tool")).map(Said::text).toList();
    }

    /**
     * What is around the body.
     *
     * @param path path and query; a key in it is hashed
     * @param headers names in lower case; the values of those that carry keys are hashed
     * @param at the wall clock of the server when the request was whole
     * @param connection the number of the connection, from 1, by order of arrival at the server
     */
    public record Envelope(
            String path,
            Map<String, String> headers,
            String model,
            boolean streamed,
            Instant at,
            long connection) {
        /** Copies the headers. */
        public Envelope {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * One message, or one result of a tool.
     *
     * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}
     * @param calls the calls that an assistant made
     * @param answers for a result the id of its call (on Gemini, which has no ids, the tool's
     *     name); else null
     */
    public record Said(String role, String text, List<Piece.Call> calls, @Nullable String answers) {
        /** Copies the calls. */
        public Said {
            calls = List.copyOf(calls);
        }

        static Said of(String role, String text) {
            return new Said(role, text, List.of(), null);
        }

        static Said result(String callId, String text) {
            return new Said("tool", text, List.of(), callId);
        }
    }
}
