package dev.skein.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Locale;

/**
 * Prints those entries that are wanted.
 *
 * @param filter which are
 * @param tail of what is there at first only the last so many; -1 for all
 */
record LogPrinting(LogReading reading, LogFilter filter, int tail, Output output) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    /** How far it has come, for whoever has to go on from there. */
    static final class Position {
        private volatile long seq;

        Position(long seq) {
            this.seq = seq;
        }

        long seq() {
            return seq;
        }
    }

    /** Blocks until the run has ended if it is followed. */
    void print(Position position, boolean follow) throws InterruptedException {
        if (tail < 0) position.seq = reading.past(position.seq, line -> show(line, position));
        else position.seq = last(position);
        if (follow) reading.following(position.seq, line -> show(line, position));
    }

    private long last(Position position) throws InterruptedException {
        var kept = new ArrayDeque<LogReading.Line>();
        long seq =
                reading.past(
                        position.seq,
                        line -> {
                            if (!filter.shows(line.entry())) return;
                            kept.add(line);
                            if (kept.size() > tail) kept.poll();
                        });
        kept.forEach(line -> show(line, position));
        return seq;
    }

    private void show(LogReading.Line line, Position position) {
        var entry = line.entry();
        if (filter.shows(entry)) {
            if (output.manner().json()) output.json(line.json());
            else output.line(words(line));
        }
        position.seq = entry.seq();
    }

    private String words(LogReading.Line line) {
        var entry = line.entry();
        var path = filter.place().tree() ? entry.origin().path() + "  " : "";
        return Printable.line(
                String.format(
                        Locale.ROOT,
                        "%s  #%d  %-15s  %s%s",
                        TIME.format(entry.at()),
                        entry.seq(),
                        entry.event().kind(),
                        path,
                        line.text()));
    }
}
