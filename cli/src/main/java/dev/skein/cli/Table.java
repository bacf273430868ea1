package dev.skein.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows under each other, every column as wide as its widest cell. */
final class Table {
    private static final String BETWEEN = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final int right;

    /** With one column that is set flush right; -1 for none. */
    Table(int right) {
        this.right = right;
    }

    Table() {
        this(-1);
    }

    Table row(String... cells) {
        var row = new ArrayList<String>();
        for (var cell : cells) row.add(Printable.line(cell));
        rows.add(row);
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                if (column > 0) line.append(BETWEEN);
                line.append(padded(row.get(column), column));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private String padded(String cell, int column) {
        var blanks = " ".repeat(width(column) - cell.codePointCount(0, cell.length()));
        return column == right ? blanks + cell : cell + blanks;
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .map(row -> row.get(column))
                .mapToInt(cell -> cell.codePointCount(0, cell.length()))
                .max()
                .orElse(0);
    }
}
