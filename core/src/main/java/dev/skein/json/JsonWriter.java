package dev.skein.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON as UTF-8 into memory, commas by itself. Not safe for several threads. What is begun
 * must be ended and a name must be followed by its value; beyond that the caller's order of calls
 * is not checked.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    /** Of the characters of ASCII those that stand for themselves. */
    private static final boolean[] PLAIN = new boolean[0x7f];

    static {
        Arrays.fill(PLAIN, ' ', PLAIN.length, true);
        PLAIN['"'] = false;
        PLAIN['\\'] = false;
    }

    private byte[] bytes;
    private int size;
    private int open;
    private boolean comma;

    /** An empty writer. */
    public JsonWriter() {
        this(512);
    }

    /** An empty writer with room for that many bytes; it grows by itself. */
    public JsonWriter(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    /** Begins an object. */
    public JsonWriter object() {
        return begin('{');
    }

    /** Ends the innermost object. */
    public JsonWriter endObject() {
        return end('}');
    }

    /** Begins an array. */
    public JsonWriter array() {
        return begin('[');
    }

    /** Ends the innermost array. */
    public JsonWriter endArray() {
        return end(']');
    }

    /** The name of a field, whose value must follow. */
    public JsonWriter name(String name) {
        separate();
        quoted(name);
        put(':');
        comma = false;
        return this;
    }

    /** A text. */
    public JsonWriter value(String text) {
        separate();
        quoted(text);
        return this;
    }

    /** An integer. */
    public JsonWriter value(long number) {
        separate();
        ascii(Long.toString(number));
        return this;
    }

    /** A finite number; IllegalArgumentException for others. */
    public JsonWriter value(double number) {
        separate();
        ascii(Digits.of(number));
        return this;
    }

    /** True or false. */
    public JsonWriter value(boolean truth) {
        separate();
        put(truth ? TRUE : FALSE);
        return this;
    }

    /** Null. */
    public JsonWriter nothing() {
        separate();
        put(NULL);
        return this;
    }

    /** Any value. */
    public JsonWriter value(Json json) {
        return switch (json) {
            case Json.Obj(var fields) -> object().fields((Fields) fields).endObject();
            case Json.Arr(var items) -> {
                array();
                for (var item : items) value(item);
                yield endArray();
            }
            case Json.Text(var text) -> value(text);
            case Json.Num(var digits) -> {
                separate();
                ascii(digits);
                yield this;
            }
            case Json.Bool(var truth) -> value(truth);
            case Json.Null() -> nothing();
        };
    }

    /** A value that is JSON in UTF-8 already; it is not checked. */
    public JsonWriter raw(byte[] json) {
        separate();
        put(json);
        return this;
    }

    /** A field with a text. */
    public JsonWriter field(String name, String text) {
        return name(name).value(text);
    }

    /** A field with an integer. */
    public JsonWriter field(String name, long number) {
        return name(name).value(number);
    }

    /** A field with a finite number. */
    public JsonWriter field(String name, double number) {
        return name(name).value(number);
    }

    /** A field with true or false. */
    public JsonWriter field(String name, boolean truth) {
        return name(name).value(truth);
    }

    /** A field with any value. */
    public JsonWriter field(String name, Json json) {
        return name(name).value(json);
    }

    /** How many bytes were written. */
    public int size() {
        return size;
    }

    /**
     * A copy of what was written; IllegalStateException if something that was begun is not ended.
     */
    public byte[] toBytes() {
        checkEnded();
        return Arrays.copyOf(bytes, size);
    }

    /** Writes what was written to the stream. */
    public void writeTo(OutputStream out) throws IOException {
        checkEnded();
        out.write(bytes, 0, size);
    }

    /** What was written so far. */
    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private JsonWriter fields(Fields fields) {
        for (int i = 0; i < fields.size(); i++) name(fields.key(i)).value(fields.value(i));
        return this;
    }

    private JsonWriter begin(char bracket) {
        separate();
        put(bracket);
        open++;
        comma = false;
        return this;
    }

    private JsonWriter end(char bracket) {
        put(bracket);
        open--;
        comma = true;
        return this;
    }

    private void checkEnded() {
        if (open != 0) throw new IllegalStateException(open + " objects and arrays are not ended");
    }

    private void separate() {
        if (comma) put(',');
        comma = true;
    }

    private void quoted(String text) {
        room(text.length() + 2);
        bytes[size++] = '"';
        int at = plain(text);
        while (at < text.length()) {
            room(text.length() - at + 7);
            at += special(text, at);
        }
        put('"');
    }

    /** Copies the leading characters that need nothing, and says how many those were. */
    private int plain(String text) {
        int length = text.length();
        int to = size;
        int at = 0;
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (c >= PLAIN.length || !PLAIN[c]) break;
            bytes[to++] = (byte) c;
        }
        size = to;
        return at;
    }

    /** Writes the code point there and says how many characters it took; room is made already. */
    private int special(String text, int at) {
        char c = text.charAt(at);
        if (c == '"' || c == '\\') {
            bytes[size++] = '\\';
            bytes[size++] = (byte) c;
        } else if (c >= ' ' && c < 0x7f) {
            bytes[size++] = (byte) c;
        } else if (c == '\n' || c == '\t' || c == '\r') {
            bytes[size++] = '\\';
            bytes[size++] = (byte) (c == '\n' ? 'n' : c == '\t' ? 't' : 'r');
        } else if (c < 0xa0) {
            escaped(c);
        } else {
            return encoded(text, at);
        }
        return 1;
    }

    private int encoded(String text, int at) {
        int point = text.codePointAt(at);
        if (point < 0x800) {
            bytes[size++] = (byte) (0xc0 | (point >> 6));
        } else if (point < 0x10000) {
            if (Character.isSurrogate((char) point)) {
                escaped((char) point);
                return 1;
            }
            bytes[size++] = (byte) (0xe0 | (point >> 12));
            bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
        } else {
            bytes[size++] = (byte) (0xf0 | (point >> 18));
            bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3f));
            bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
        }
        bytes[size++] = (byte) (0x80 | (point & 0x3f));
        return Character.charCount(point);
    }

    private void escaped(char c) {
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) bytes[size++] = HEX[(c >> shift) & 0xf];
    }

    private void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) bytes[size++] = (byte) text.charAt(i);
    }

    private void put(char c) {
        room(1);
        bytes[size++] = (byte) c;
    }

    private void put(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void room(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length)
            bytes =
                    Arrays.copyOf(
                            bytes,
                            (int)
                                    Math.min(
                                            Integer.MAX_VALUE - 8L,
                                            Math.max(needed, bytes.length * 2L)));
    }
}
