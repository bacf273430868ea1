package dev.skein.http;

import java.io.IOException;

/** A body that ends where the connection does. */
final class OpenBody extends Body {
    private final Connection connection;

    OpenBody(Connection connection) {
        this.connection = connection;
    }

    @Override
    int read(byte[] into, int at, int length) throws IOException {
        return connection.read(into, at, length);
    }

    /** Never: no other reply follows. */
    @Override
    boolean ended() {
        return false;
    }

    @Override
    long left() {
        return -1;
    }

    @Override
    boolean framed() {
        return false;
    }
}
