package dev.skein.benchmarks.floors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * The pieces of a streamed answer, put together with the least work: no event is read as JSON; what
 * stands in quotes behind a name is taken as it is, and read when all of it is there.
 */
final class Pieces {
    private static final String END = "\n\n";
    private static final String CONTENT = "\"content\":\"";
    private static final String ARGUMENTS = "\"arguments\":\"";
    private static final String CALL = "\"id\":\"call";

    private final StringBuilder joined = new StringBuilder();

    private Pieces() {}

    /** The message that a stream of events says, as JSON. */
    static byte[] message(byte[] body) {
        var stream = new String(body, ISO_8859_1);
        int call = stream.indexOf(CALL);
        var text = new Pieces().joined(stream, call < 0 ? CONTENT : ARGUMENTS);
        var message =
                call < 0
                        ? "{\"role\":\"assistant\",\"content\":\"" + text + "\"}"
                        : """
                        {"role":"assistant","tool_calls":[{"id":"%s","type":"function",\
                        "function":{"name":"weather","arguments":"%s"}}]}\
                        """
                                .formatted(quoted(stream, stream.indexOf(':', call) + 2), text);
        return message.getBytes(ISO_8859_1);
    }

    private String joined(String stream, String name) {
        int end = stream.indexOf(END);
        for (int from = 0; end >= 0; from = end + END.length(), end = stream.indexOf(END, from)) {
            int at = stream.indexOf(name, from, end);
            if (at >= 0) joined.append(quoted(stream, at + name.length()));
        }
        return joined.toString();
    }

    private static String quoted(String stream, int begin) {
        int end = begin;
        while (stream.charAt(end) != '"') end += stream.charAt(end) == '\\' ? 2 : 1;
        return stream.substring(begin, end);
    }
}
