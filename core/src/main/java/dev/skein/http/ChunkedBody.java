package dev.skein.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;

/** A body in chunks, each with its length. Extensions of chunks and trailers are passed over. */
final class ChunkedBody extends Body {
    private static final int LINE_LIMIT = 8 << 10;
    private static final int TRAILER_LIMIT = 64 << 10;
    private static final int SIZE_AT = 2;
    private static final int SIZE_DIGITS = 7;

    private final Connection connection;
    private long left;
    private boolean begun;
    private boolean ended;

    ChunkedBody(Connection connection) {
        this.connection = connection;
    }

    /** Of the chunks that follow, it takes what has come already. */
    @Override
    int read(byte[] into, int at, int length) throws IOException {
        int count = ofOne(into, at, length);
        while (left == 0 && count > 0 && count < length && isNextThere()) {
            count += ofOne(into, at + count, length - count);
        }
        return count;
    }

    private int ofOne(byte[] into, int at, int length) throws IOException {
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

    /**
     * Whether another chunk, not the last, can be begun: nothing is amiss or must be waited for.
     */
    private boolean isNextThere() {
        int at = SIZE_AT;
        while (at < SIZE_AT + SIZE_DIGITS && hex(connection.peek(at)) >= 0) {
            at++;
        }
        return connection.peek(0) == '\r'
                && connection.peek(1) == '\n'
                && hex(connection.peek(SIZE_AT)) > 0
                && connection.peek(at) == '\r'
                && connection.peek(at + 1) == '\n'
                && connection.peek(at + 2) >= 0;
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
