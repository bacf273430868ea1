package dev.skein.models.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.http.ReplyStream;
import dev.skein.http.ServerEvent;
import dev.skein.http.TransportException;
import dev.skein.json.Json;
import dev.skein.models.wire.Faults;
import dev.skein.models.wire.Streaming;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The messages of one of Amazon's event streams: its length and that of its headers with their
 * checksum, the headers, the payload, and the checksum of all that. An event is called by its type;
 * an exception of the provider is the event {@link #EXCEPTION}, whose data has its type too. What
 * is cut in a message is the end of the stream.
 */
final class Frames implements Streaming.Events {
    static final String TYPE = "application/vnd.amazon.eventstream";
    static final String EXCEPTION = ":exception";
    private static final int PRELUDE = 12;
    private static final int CHECKSUM = 4;

    private final ReplyStream stream;
    private final int largest;
    private final Faults faults;

    private Frames(ReplyStream stream, int largest, Faults faults) {
        this.stream = stream;
        this.largest = largest;
        this.faults = faults;
    }

    /** Streams of such messages, each of at most so many bytes. */
    static Streaming streaming(int largest, Faults faults) {
        return new Streaming(TYPE, stream -> new Frames(stream, largest, faults));
    }

    @Override
    public Optional<ServerEvent> next() throws TransportException, InterruptedException {
        var prelude = new byte[PRELUDE];
        if (!isRead(prelude, 0)) return Optional.empty();
        var frame = new byte[size(prelude)];
        System.arraycopy(prelude, 0, frame, 0, PRELUDE);
        if (!isRead(frame, PRELUDE)) return Optional.empty();
        check(frame, frame.length - CHECKSUM);
        return Optional.of(event(frame));
    }

    private int size(byte[] prelude) {
        check(prelude, PRELUDE - CHECKSUM);
        int size = ByteBuffer.wrap(prelude).getInt();
        int headers = ByteBuffer.wrap(prelude).getInt(Integer.BYTES);
        if (size > largest)
            throw faults.senseless("an event of the stream is larger than " + largest + " bytes");
        if (headers < 0 || size < PRELUDE + headers + CHECKSUM)
            throw faults.senseless("an event of the stream has a wrong length");
        return size;
    }

    /** Whether what stands before this place has the checksum that stands there. */
    private void check(byte[] bytes, int at) {
        var sum = new CRC32();
        sum.update(bytes, 0, at);
        if ((int) sum.getValue() != ByteBuffer.wrap(bytes).getInt(at))
            throw faults.senseless("an event of the stream has a wrong checksum");
    }

    private boolean isRead(byte[] into, int from) throws TransportException, InterruptedException {
        int at = from;
        while (at < into.length) {
            int more = stream.read(into, at, into.length - at);
            if (more < 0) return false;
            at += more;
        }
        return true;
    }

    private ServerEvent event(byte[] frame) {
        int length = ByteBuffer.wrap(frame).getInt(Integer.BYTES);
        var headers = headers(ByteBuffer.wrap(frame, PRELUDE, length));
        int from = PRELUDE + length;
        var payload = new String(frame, from, frame.length - CHECKSUM - from, UTF_8);
        return switch (headers.getOrDefault(":message-type", "event")) {
            case "exception" -> thrown(headers.getOrDefault(":exception-type", ""), payload);
            case "error" ->
                    thrown(
                            headers.getOrDefault(":error-code", ""),
                            headers.getOrDefault(":error-message", ""));
            default -> new ServerEvent(headers.getOrDefault(":event-type", ""), payload);
        };
    }

    private static ServerEvent thrown(String type, String told) {
        var message = told.startsWith("{") ? Json.parse(told).get("message").text() : told;
        return new ServerEvent(
                EXCEPTION, Json.object("type", type, "message", message).canonical());
    }

    private Map<String, String> headers(ByteBuffer bytes) {
        var headers = new HashMap<String, String>();
        try {
            while (bytes.hasRemaining()) {
                var name = text(bytes, bytes.get() & 0xff);
                headers.put(name, value(bytes, bytes.get()));
            }
        } catch (BufferUnderflowException e) {
            throw faults.senseless("a header in the stream is cut off");
        }
        return headers;
    }

    /** The text of a header; of those that are no text only the end is looked for. */
    private String value(ByteBuffer bytes, byte type) {
        return switch (type) {
            case 0, 1 -> "";
            case 2 -> text(bytes, Byte.BYTES);
            case 3 -> text(bytes, Short.BYTES);
            case 4 -> text(bytes, Integer.BYTES);
            case 5, 8 -> text(bytes, Long.BYTES);
            case 6, 7 -> text(bytes, bytes.getShort() & 0xffff);
            case 9 -> text(bytes, 2 * Long.BYTES);
            default -> throw faults.senseless("a header in the stream is of no known kind");
        };
    }

    private static String text(ByteBuffer bytes, int length) {
        var text = new byte[length];
        bytes.get(text);
        return new String(text, UTF_8);
    }
}
