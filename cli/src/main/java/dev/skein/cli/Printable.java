package dev.skein.cli;

/** Text of strangers, made harmless for a terminal: what controls it is shown, not obeyed. */
final class Printable {
    private Printable() {}

    /** Newline and tab stay; other control characters, and those that turn text around, do not. */
    static String text(String text) {
        if (text.chars().noneMatch(Printable::controls)) return text;
        var shown = new StringBuilder();
        text.chars()
                .forEach(one -> {
                    if (controls(one)) shown.append(String.format("\\u%04x", one));
                    else shown.append((char) one);
                });
        return shown.toString();
    }

    /** As {@link #text}, on one line. */
    static String line(String text) {
        return text(text).replace("\n", "\\n").replace('\t', ' ');
    }

    private static boolean controls(int one) {
        if (one == '\n' || one == '\t') return false;
        boolean turns = (one >= 0x202a && one <= 0x202e) || (one >= 0x2066 && one <= 0x2069);
        return Character.isISOControl(one) || turns;
    }
}
