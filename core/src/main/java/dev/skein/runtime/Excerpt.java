package dev.skein.runtime;

import dev.skein.model.TokenEstimator;

/**
 * Cuts a text that is too large to be shown: the first 70 % and the last 30 % of the limit, at line
 * ends where one is near, never inside a code point, with one marker between. All within the limit.
 */
record Excerpt(TokenEstimator estimator, long limit) {
    private static final int BYTES_PER_TOKEN = 4;
    private static final double HEAD = 0.7;
    private static final int LEAST_TEXT = 4;
    private static final String SHORT_MARKER = "[…]";
    private static final String SHORTEST = "…";

    boolean fits(String text) {
        return text.length() <= limit || estimator.tokens(text) <= limit;
    }

    /**
     * What is shown of a text that does not fit.
     *
     * @param marker says what was left out; a short one stands for it where it would leave no room
     */
    String of(String text, String marker) {
        var said = estimator.tokens(marker) + LEAST_TEXT <= limit ? marker : SHORT_MARKER;
        long room = Math.max(0, (limit - estimator.tokens(said) - 1) * BYTES_PER_TOKEN);
        var shown = cut(text, said, room);
        // An estimator may count more than one token for four bytes.
        while (room > 0 && estimator.tokens(shown) > limit) {
            room = room * 3 / 4;
            shown = cut(text, said, room);
        }
        return estimator.tokens(shown) <= limit ? shown : SHORTEST;
    }

    private static String cut(String text, String marker, long room) {
        long head = (long) (room * HEAD);
        return head(text, head) + "\n" + marker + "\n" + tail(text, room - head);
    }

    private static String head(String text, long bytes) {
        int end = Utf8.end(text, bytes);
        int line = text.lastIndexOf('\n', end);
        return text.substring(0, line > end / 2 ? line : end);
    }

    private static String tail(String text, long bytes) {
        int start = Utf8.start(text, bytes);
        int line = text.indexOf('\n', start);
        boolean near = line >= 0 && line - start < (text.length() - start) / 2;
        return text.substring(near ? line + 1 : start);
    }
}
