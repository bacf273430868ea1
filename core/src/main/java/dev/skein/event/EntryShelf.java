package dev.skein.event;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries by their number in the whole journal, in boards of 1,024. A board is thrown away when its
 * last entry was removed, so that one old open run does not hold on to the room of all that came
 * after it. Guarded by the journal's lock.
 */
final class EntryShelf {
    private static final int BOARD = 1024;

    private final Map<Long, Board> boards = new HashMap<>();
    private Board newest = new Board();
    private long last;
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

    void add(Entry entry) {
        last = entry.seq();
        int place = (int) (last % BOARD);
        if (place == 0 || boards.isEmpty()) open(last / BOARD);
        newest.places[place] = entry;
        newest.filled++;
        size++;
    }

    private void open(long number) {
        newest = new Board();
        boards.put(number, newest);
    }

    @Nullable Entry get(long seq) {
        var board = boards.get(seq / BOARD);
        return board == null ? null : board.places[(int) (seq % BOARD)];
    }

    void remove(Entry entry) {
        long number = entry.seq() / BOARD;
        var board = boards.get(number);
        if (board == null) return;
        board.places[(int) (entry.seq() % BOARD)] = null;
        size--;
        if (--board.filled == 0 && board != newest) boards.remove(number);
    }
}
