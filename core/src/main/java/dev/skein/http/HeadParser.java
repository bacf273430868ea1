package dev.skein.http;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Reads the head of a reply, or of a request, in one pass over its bytes. */
final class HeadParser {
    private final byte[] bytes;
    private long length = -1;
    private boolean chunked;
    private boolean keep;

    private HeadParser(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads the head that begins there; an empty line must follow it somewhere. */
    static ReplyHead parse(byte[] bytes, int from) throws ProtocolException {
        return new HeadParser(bytes).head(from);
    }

    private ReplyHead head(int from) throws ProtocolException {
        int status = status(from);
        int first = Ascii.lineAfter(bytes, from);
        int line = first;
        while (bytes[line] != '\n' && bytes[line] != '\r') {
            line = header(line);
        }
        var headers = new Headers(Arrays.copyOfRange(bytes, first, line));
        // Both at once is how replies are smuggled: the body is read, the connection is not kept.
        boolean clear = length < 0 || !chunked;
        return new ReplyHead(status, headers, chunked ? -1 : length, chunked, keep && clear);
    }

    /**
     * Reads the head of a request from its first byte on; an empty line must follow it somewhere.
     */
    static RequestHead request(byte[] bytes) throws ProtocolException {
        return new HeadParser(bytes).requestHead();
    }

    private RequestHead requestHead() throws ProtocolException {
        int method = Ascii.indexOf(bytes, 0, ' ');
        int target = Ascii.indexOf(bytes, method + 1, ' ');
        int first = Ascii.lineAfter(bytes, 0);
        boolean whole = method > 0 && first - target > "HTTP/1.1".length() + 1;
        if (!whole || !startsWith(target + 1, "HTTP/1.")) {
            throw new ProtocolException("no request line");
        }
        int line = first;
        while (bytes[line] != '\n' && bytes[line] != '\r') {
            line = header(line);
        }
        if (chunked && length >= 0) {
            throw new ProtocolException("two lengths of the body");
        }
        var headers = new Headers(Arrays.copyOfRange(bytes, first, line));
        return new RequestHead(
                text(0, method), text(method + 1, target), headers, Math.max(length, 0), chunked);
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private int status(int from) throws ProtocolException {
        int end = Ascii.indexOf(bytes, from, '\n');
        if (end - from < 12 || !startsWith(from, "HTTP/1.") || bytes[from + 8] != ' ') {
            throw new ProtocolException("no status line");
        }
        keep = bytes[from + 7] != '0';
        int status = number(from + 9, from + 12);
        if (status < 100 || bytes[from + 12] > ' ') {
            throw new ProtocolException("no status");
        }
        return status;
    }

    private boolean startsWith(int from, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads one header and returns where the next line begins. */
    private int header(int line) throws ProtocolException {
        int colon = line;
        while (bytes[colon] > ' ' && bytes[colon] != ':') {
            colon++;
        }
        if (colon == line || bytes[colon] != ':') {
            throw new ProtocolException("a header without a name");
        }
        int end = Ascii.indexOf(bytes, colon, '\n');
        if (Ascii.isHeader(bytes, line, "content-length")) {
            length(value(colon + 1, end));
        } else if (Ascii.isHeader(bytes, line, "transfer-encoding")) {
            encoding(value(colon + 1, end));
        } else if (Ascii.isHeader(bytes, line, "connection")) {
            connection(value(colon + 1, end));
        }
        return end + 1;
    }

    private String value(int from, int to) {
        var text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private void length(String value) throws ProtocolException {
        if (value.isEmpty() || value.length() > 18) {
            throw new ProtocolException("no length of the body");
        }
        long said = 0;
        for (int i = 0; i < value.length(); i++) {
            said = said * 10 + digit(value.charAt(i));
        }
        if (length >= 0 && said != length) {
            throw new ProtocolException("two lengths of the body");
        }
        length = said;
    }

    private void encoding(String value) throws ProtocolException {
        if (!value.equals("chunked")) {
            throw new ProtocolException("an encoding that was not asked for");
        }
        chunked = true;
    }

    private void connection(String value) {
        if (value.contains("close")) {
            keep = false;
        } else if (value.contains("keep-alive")) {
            keep = true;
        }
    }

    private int number(int from, int to) throws ProtocolException {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + digit(bytes[i]);
        }
        return number;
    }

    private static int digit(int letter) throws ProtocolException {
        if (letter < '0' || letter > '9') {
            throw new ProtocolException("a number that is none");
        }
        return letter - '0';
    }
}
