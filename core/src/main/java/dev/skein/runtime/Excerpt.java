package dev.skein.runtime;

import dev.skein.model.TokenEstimator;

/**
 * Cuts a text that is too large to be shown: the first 70 % and the last 30 % of the limit, at line
 * ends where one is near, never inside a code point, with one marker between that says how much
 * there was. All within the limit.
 */
record Excerpt(TokenEstimator estimator, long limit) {
    private static final int BYTES_PER_TOKEN = 4;
    private static final double HEAD = 0.7;

    String of(String text) {
        long tokens = text.length() <= limit ? 0 : estimator.tokens(text);
        if (tokens <= limit) return text;
        var marker = "\n[… " + text.length() + " characters in all, cut here …]\n";
        long room = Math.max(0, (limit - estimator.tokens(marker) - 1) * BYTES_PER_TOKEN);
        var head = head(text, (long) (room * HEAD));
        var tail = tail(text, room - (long) (room * HEAD));
        return head + marker + tail;
    }

    private static String head(String text, long bytes) {
        int end = 0;
        for (long used = 0; end < text.length(); ) {
            int point = text.codePointAt(end);
            used += utf8Length(point);
            if (used > bytes) break;
            end += Character.charCount(point);
        }
        int line = text.lastIndexOf('\n', end);
        return text.substring(0, line > end / 2 ? line : end);
    }

    private static String tail(String text, long bytes) {
        int start = text.length();
        for (long used = 0; start > 0; ) {
            int point = text.codePointBefore(start);
            used += utf8Length(point);
            if (used > bytes) break;
            start -= Character.charCount(point);
        }
        int line = text.indexOf('\n', start);
        boolean near = line >= 0 && line - start < (text.length() - start) / 2;
        return text.substring(near ? line + 1 : start);
    }

    private static int utf8Length(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
