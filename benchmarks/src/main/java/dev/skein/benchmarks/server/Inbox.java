package dev.skein.benchmarks.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What one client has sent of its request. Nothing is decoded that is not needed. */
final class Inbox {
    private static final byte[] END = "\r\n\r\n".getBytes(ISO_8859_1);
    private static final byte[] LENGTH = "\ncontent-length:".getBytes(ISO_8859_1);
    private static final byte LOWER = 0x20;

    private ByteBuffer bytes = ByteBuffer.allocate(8192);

    /** Takes in what has come; false if the client is done. */
    boolean read(SocketChannel channel) throws IOException {
        if (!bytes.hasRemaining())
            bytes = ByteBuffer.allocate(bytes.capacity() * 2).put(bytes.flip());
        return channel.read(bytes) >= 0;
    }

    /** Whether the whole request is there. */
    boolean whole() {
        int head = indexOf(END, 0, bytes.position());
        if (head < 0) return false;
        return bytes.position() >= head + END.length + length(head);
    }

    /** Whether those bytes, in lower case where they are letters, stand somewhere in it. */
    boolean holds(byte[] word) {
        return indexOf(word, 0, bytes.position()) >= 0;
    }

    /** Forgets the request; the next one may come. */
    void clear() {
        bytes.clear();
    }

    private int length(int head) {
        int at = indexOf(LENGTH, 0, head);
        if (at < 0) return 0;
        int length = 0;
        for (int i = at + LENGTH.length; bytes.get(i) != '\r'; i++)
            if (bytes.get(i) != ' ') length = length * 10 + bytes.get(i) - '0';
        return length;
    }

    private int indexOf(byte[] word, int from, int to) {
        var array = bytes.array();
        for (int i = from; i <= to - word.length; i++)
            if (same(array[i], word[0]) && matches(array, i, word)) return i;
        return -1;
    }

    private static boolean matches(byte[] array, int at, byte[] word) {
        for (int i = 1; i < word.length; i++) if (!same(array[at + i], word[i])) return false;
        return true;
    }

    private static boolean same(byte one, byte wanted) {
        return one == wanted || (Character.isLetter(wanted) && (one | LOWER) == wanted);
    }
}
