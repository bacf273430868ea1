package dev.skein.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.json.Json;
import dev.skein.testkit.Seen.Said;
import java.util.List;

/**
 * A request in the words that all wires share.
 *
 * @param schema the schema of the answer, or JSON's null
 */
record Ask(
        String model,
        boolean streamed,
        List<Said> said,
        List<Offer> tools,
        Json schema,
        Json body) {
    /** A tool that the model may call. */
    record Offer(String name, String description, Json schema) {}

    /** The published rule: 4 bytes of UTF-8 are a token, and a part of one is one. */
    static long tokens(long bytes) {
        return (bytes + 3) / 4;
    }

    static long bytes(String text) {
        return text.length() < 64 && text.chars().allMatch(c -> c < 0x80)
                ? text.length()
                : text.getBytes(UTF_8).length;
    }

    static long bytes(Json json) {
        return json.isNull() ? 0 : json.toBytes().length;
    }

    static long bytes(Said said) {
        long sum = bytes(said.text());
        for (var call : said.calls()) {
            sum += bytes(call.tool()) + bytes(call.arguments());
        }
        return sum;
    }

    /** What stands before the conversation: tools and the schema of the answer. */
    long fixedBytes() {
        long sum = bytes(schema);
        for (var tool : tools) {
            sum += bytes(tool.name()) + bytes(tool.description()) + bytes(tool.schema());
        }
        return sum;
    }

    long inputTokens() {
        long sum = fixedBytes();
        for (var one : said) {
            sum += bytes(one);
        }
        return tokens(sum);
    }
}
