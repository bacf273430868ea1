package dev.skein.http;

import java.io.EOFException;
import java.io.IOException;

/** A body whose length was said beforehand. */
final class SizedBody extends Body {
    private final Connection connection;
    private long left;

    SizedBody(Connection connection, long length) {
        this.connection = connection;
        this.left = length;
    }

    @Override
    int read(byte[] into, int at, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = connection.read(into, at, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        left -= count;
        return count;
    }

    @Override
    boolean ended() {
        return left == 0;
    }

    @Override
    long left() {
        return left;
    }

    @Override
    boolean framed() {
        return true;
    }
}
