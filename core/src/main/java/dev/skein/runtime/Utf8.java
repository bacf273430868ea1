package dev.skein.runtime;

/** Sizes of text in UTF-8, found without encoding it. Half of a pair counts as one character. */
final class Utf8 {
    private Utf8() {}

    static long length(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            length += length(point);
            i += Character.charCount(point);
        }
        return length;
    }

    /** The end of the longest beginning that has at most so many bytes. */
    static int end(String text, long bytes) {
        int end = 0;
        for (long used = 0; end < text.length(); ) {
            int point = text.codePointAt(end);
            used += length(point);
            if (used > bytes) break;
            end += Character.charCount(point);
        }
        return end;
    }

    /** The start of the longest ending that has at most so many bytes. */
    static int start(String text, long bytes) {
        int start = text.length();
        for (long used = 0; start > 0; ) {
            int point = text.codePointBefore(start);
            used += length(point);
            if (used > bytes) break;
            start -= Character.charCount(point);
        }
        return start;
    }

    /** Whether a byte goes on with a character that an earlier one began. */
    static boolean goesOn(byte one) {
        return (one & 0xC0) == 0x80;
    }

    private static int length(int point) {
        if (point >= 0xD800 && point <= 0xDFFF) return 1; // encoders write a question mark
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
