package dev.skein.http;

import java.io.InputStream;
import java.util.random.RandomGenerator;

/** Bytes that come in pieces of random length. */
final class Chopped extends InputStream {
    private final byte[] bytes;
    private final int most;
    private final RandomGenerator random;
    private int at;

    Chopped(byte[] bytes, int most, RandomGenerator random) {
        this.bytes = bytes;
        this.most = most;
        this.random = random;
    }

    @Override
    public int read() {
        return at == bytes.length ? -1 : bytes[at++] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        if (at == bytes.length) {
            return -1;
        }
        int piece = most == bytes.length ? most : 1 + random.nextInt(most);
        int count = Math.min(Math.min(piece, length), bytes.length - at);
        System.arraycopy(bytes, at, into, from, count);
        at += count;
        return count;
    }
}
