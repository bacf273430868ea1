package dev.skein.event;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries by their number in the whole journal, in boards of 1,024. A board is thrown away when its
 * last entry was removed, so that one old open run does not hold on to the room of all that came
 * after it. Guarded by the journal's lock.
 */
final class EntryShelf {
    private static final int BOARD = 1024;

    /** From {@link #first} on without holes; one that was thrown away is null. */
    private final List<@Nullable Board> boards = new ArrayList<>();

    private long first;
    private long last;
    private long oldest;
    private int size;

    private static final class Board {
        final @Nullable Entry[] places = new @Nullable Entry[BOARD];
        int filled;
    }

    long last() {
        return last;
    }

    int size() {
        return size;
    }

    /** The number of the oldest entry that is there; there is one. */
    long oldest() {
        oldest = Math.max(oldest, first * BOARD);
        while (get(oldest) == null) oldest++;
        return oldest;
    }

    /** Numbers are without holes. */
    void add(Entry entry) {
        last = entry.seq();
        if (last / BOARD == first + boards.size()) boards.add(new Board());
        var newest = boards.getLast();
        if (newest == null) throw new IllegalStateException("the newest board is gone");
        newest.places[(int) (last % BOARD)] = entry;
        newest.filled++;
        size++;
    }

    @Nullable Entry get(long seq) {
        var board = board(seq);
        return board == null ? null : board.places[(int) (seq % BOARD)];
    }

    /** The entry must be there. */
    void remove(long seq) {
        var board = board(seq);
        if (board == null) return;
        board.places[(int) (seq % BOARD)] = null;
        size--;
        if (--board.filled == 0 && seq / BOARD != last / BOARD) throwAway(seq);
    }

    private void throwAway(long seq) {
        boards.set((int) (seq / BOARD - first), null);
        while (boards.getFirst() == null) {
            boards.removeFirst();
            first++;
        }
    }

    private @Nullable Board board(long seq) {
        long index = seq / BOARD - first;
        return index < 0 || index >= boards.size() ? null : boards.get((int) index);
    }
}
