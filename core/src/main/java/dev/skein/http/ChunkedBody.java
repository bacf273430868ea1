package dev.skein.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;

/** A body in chunks, each with its length. Extensions of chunks and trailers are passed over. */
final class ChunkedBody extends Body {
    private static final int LINE_LIMIT = 8 << 10;
    private static final int TRAILER_LIMIT = 64 << 10;

    private final Connection connection;
    private long left;
    private boolean begun;
    private boolean ended;

    ChunkedBody(Connection connection) {
        this.connection = connection;
    }

    @Override
    int read(byte[] into, int at, int length) throws IOException {
        if (left == 0 && !ended) {
            startChunk();
        }
        if (ended) {
            return -1;
        }
        int count = connection.read(into, at, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        left -= count;
        return count;
    }

    private void startChunk() throws IOException {
        if (begun && endOfLine(connection.next()) != '\n') {
            throw new ProtocolException("a chunk that is longer than it says");
        }
        begun = true;
        left = size();
        if (left == 0) {
            skipTrailers();
            ended = true;
        }
    }

    private long size() throws IOException {
        int letter = connection.next();
        long size = 0;
        int digits = 0;
        for (int digit = hex(letter); digit >= 0; digit = hex(letter)) {
            if (++digits > 15) {
                throw new ProtocolException("a chunk without end");
            }
            size = size * 16 + digit;
            letter = connection.next();
        }
        if (digits == 0) {
            throw new ProtocolException("a chunk without a size");
        }
        skipExtension(letter);
        return size;
    }

    // After the size come blanks, an extension, or the end of the line.
    private void skipExtension(int first) throws IOException {
        if (first != ';' && first != ' ' && first != '\t' && first != '\r' && first != '\n') {
            throw new ProtocolException("a chunk without a size");
        }
        int letter = first;
        for (int skipped = 0; letter != '\n'; skipped++) {
            if (skipped > LINE_LIMIT) {
                throw new ProtocolException("a chunk's size without end");
            }
            letter = connection.next();
        }
    }

    private void skipTrailers() throws IOException {
        int inLine = 0;
        for (int skipped = 0; skipped < TRAILER_LIMIT; skipped++) {
            int letter = connection.next();
            if (letter == '\n' && inLine == 0) {
                return;
            }
            inLine = letter == '\n' ? 0 : letter == '\r' ? inLine : inLine + 1;
        }
        throw new ProtocolException("trailers without end");
    }

    private int endOfLine(int letter) throws IOException {
        return letter == '\r' ? connection.next() : letter;
    }

    private static int hex(int letter) {
        return letter > 0 && letter < 0x80 ? Character.digit(letter, 16) : -1;
    }

    @Override
    boolean ended() {
        return ended;
    }

    @Override
    long left() {
        return ended ? 0 : -1;
    }

    @Override
    boolean framed() {
        return true;
    }
}
