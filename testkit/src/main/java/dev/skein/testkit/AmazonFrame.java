package dev.skein.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A message of Amazon's event streams: its length and that of its headers with their checksum, the
 * headers, the payload, and the checksum of all that.
 */
final class AmazonFrame {
    private static final int PRELUDE = 12;
    private static final int CHECKSUM = 4;
    private static final int TEXT = 7;

    private AmazonFrame() {}

    /** An event of that type. */
    static byte[] event(String type, Json payload) {
        return message("event", ":event-type", type, payload);
    }

    /** The end of a stream by an exception of that type. */
    static byte[] exception(String type, Json payload) {
        return message("exception", ":exception-type", type, payload);
    }

    private static byte[] message(String kind, String typeHeader, String type, Json payload) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(typeHeader, type);
        headers.put(":content-type", "application/json");
        headers.put(":message-type", kind);
        return bytes(headers(headers), payload.toBytes());
    }

    private static byte[] bytes(byte[] headers, byte[] payload) {
        byte[] bytes = new byte[PRELUDE + headers.length + payload.length + CHECKSUM];
        var frame = ByteBuffer.wrap(bytes).putInt(bytes.length).putInt(headers.length);
        frame.putInt(checksum(bytes, PRELUDE - CHECKSUM)).put(headers).put(payload);
        frame.putInt(checksum(bytes, bytes.length - CHECKSUM));
        return bytes;
    }

    private static int checksum(byte[] bytes, int length) {
        var sum = new CRC32();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    private static byte[] headers(Map<String, String> headers) {
        var bytes = new ByteArrayOutputStream();
        headers.forEach((name, value) -> {
            byte[] text = value.getBytes(UTF_8);
            bytes.write(name.length());
            bytes.writeBytes(name.getBytes(UTF_8));
            bytes.write(TEXT);
            bytes.write(text.length >> 8);
            bytes.write(text.length);
            bytes.writeBytes(text);
        });
        return bytes.toByteArray();
    }
}
