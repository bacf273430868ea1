package dev.skein.view;

/** Text of strangers, made to fit on one line of bounded length and to be harmless there. */
final class Cut {
    private static final String MARKUP = "\\`*[]<>|";

    private Cut() {}

    /** Without line ends and tabs; what is too long ends with an ellipsis. */
    static String line(String text, int longest) {
        var start = text.length() > longest ? head(text, longest - 1) + "…" : text;
        return start.replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
    }

    /** What controls a terminal, or turns text around, is shown and not obeyed. */
    static String visible(String text) {
        if (text.chars().noneMatch(Cut::controls)) return text;
        var shown = new StringBuilder();
        text.chars()
                .forEach(one -> {
                    if (controls(one)) shown.append(String.format("\\u%04x", one));
                    else shown.append((char) one);
                });
        return shown.toString();
    }

    /** As {@link #visible}, and no part of it is Markdown. */
    static String escaped(String text) {
        var plain = new StringBuilder();
        visible(text)
                .chars()
                .forEach(one -> {
                    if (MARKUP.indexOf(one) >= 0) plain.append('\\');
                    plain.append((char) one);
                });
        return plain.toString();
    }

    private static boolean controls(int one) {
        boolean turns = (one >= 0x202a && one <= 0x202e) || (one >= 0x2066 && one <= 0x2069);
        return Character.isISOControl(one) || turns;
    }

    private static String head(String text, int length) {
        return text.substring(
                0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
