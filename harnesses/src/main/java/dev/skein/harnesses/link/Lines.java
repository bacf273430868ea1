package dev.skein.harnesses.link;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts what a peer sends into lines of at most 1 MiB; keeps no more than that. For one thread. */
final class Lines {
    static final int LONGEST = 1 << 20;

    private static final int FIRST = 4 << 10;

    private final InputStream in;
    private byte[] bytes = new byte[FIRST];
    private int start;
    private int end;

    Lines(InputStream in) {
        this.in = in;
    }

    /**
     * The next line without its end; blocks. Null at the end of what is sent; what follows the last
     * line end is no line.
     *
     * @throws RefusedException if the line is too long
     */
    byte @Nullable [] next() throws IOException, RefusedException {
        int at = start;
        while (true) {
            for (; at < end; at++) if (bytes[at] == '\n') return line(at);
            if (end - start > LONGEST)
                throw RefusedException.of("frame_too_big", "a line has more than 1 MiB");
            at -= makeRoom();
            int count = in.read(bytes, end, bytes.length - end);
            if (count < 0) return null;
            end += count;
        }
    }

    /** Whether the next line is there already. */
    boolean hasNext() {
        for (int at = start; at < end; at++) if (bytes[at] == '\n') return true;
        return false;
    }

    private byte[] line(int at) throws RefusedException {
        if (at - start > LONGEST)
            throw RefusedException.of("frame_too_big", "a line has more than 1 MiB");
        var line = Arrays.copyOfRange(bytes, start, at);
        start = at + 1;
        if (start == end) {
            start = 0;
            end = 0;
            if (bytes.length > FIRST) bytes = new byte[FIRST];
        }
        return line;
    }

    /** By how much what is kept has moved to the front. */
    private int makeRoom() {
        int moved = start;
        if (end < bytes.length) return 0;
        int kept = end - start;
        var room =
                kept > bytes.length / 2 ? new byte[Math.min(2 * bytes.length, LONGEST + 2)] : bytes;
        System.arraycopy(bytes, start, room, 0, kept);
        bytes = room;
        start = 0;
        end = kept;
        return moved;
    }
}
