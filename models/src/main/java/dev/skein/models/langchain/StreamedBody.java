package dev.skein.models.langchain;

import dev.skein.http.ReplyStream;
import dev.skein.http.TransportException;
import dev.skein.models.wire.Faults;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A reply's body as LangChain4j's parsers read it: without a byte-order mark, at its end as soon as
 * its passage has ended, and without lines that are larger than an event may be. Closing it closes
 * nothing.
 */
final class StreamedBody extends InputStream {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final ReplyStream stream;
    private final Passage passage;
    private final Longest longest;
    private int line;
    private byte[] held = new byte[0];
    private int taken;
    private boolean begun;

    /** How many bytes a line may have, and who says that it has more. */
    record Longest(int bytes, Faults faults) {}

    StreamedBody(ReplyStream stream, Passage passage, Longest longest) {
        this.stream = stream;
        this.passage = passage;
        this.longest = longest;
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) {
        if (length == 0) return 0;
        if (passage.thrown() != null) return -1;
        try {
            if (!begun) begin();
            if (taken == held.length) return measured(into, at, stream.read(into, at, length));
            int size = Math.min(length, held.length - taken);
            System.arraycopy(held, taken, into, at, size);
            taken += size;
            return size;
        } catch (TransportException e) {
            throw passage.lost(e);
        } catch (InterruptedException e) {
            throw passage.lost(e);
        }
    }

    private int measured(byte[] bytes, int at, int size) {
        for (int i = at; i < at + size; i++) {
            line = bytes[i] == '\n' ? 0 : line + 1;
            if (line > longest.bytes)
                throw passage.ended(
                        longest.faults.senseless(
                                "an event of the stream is larger than "
                                        + longest.bytes
                                        + " bytes"));
        }
        return size;
    }

    private void begin() throws TransportException, InterruptedException {
        begun = true;
        var first = new byte[MARK.length];
        int size = 0;
        while (size < MARK.length && Arrays.equals(first, 0, size, MARK, 0, size)) {
            int more = stream.read(first, size, MARK.length - size);
            if (more < 0) break;
            size += more;
        }
        if (!Arrays.equals(first, MARK)) held = Arrays.copyOf(first, size);
    }
}
