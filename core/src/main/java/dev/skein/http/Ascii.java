package dev.skein.http;

/** Looking at header bytes without making text of them. */
final class Ascii {
    private Ascii() {}

    /** Where a byte is, from a place on; the length of the array if it is nowhere. */
    static int indexOf(byte[] bytes, int from, char wanted) {
        int at = from;
        while (at < bytes.length && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /** Where the next line begins. */
    static int lineAfter(byte[] bytes, int from) {
        return indexOf(bytes, from, '\n') + 1;
    }

    /** Whether the line that begins there is a header of that name. */
    static boolean isHeader(byte[] bytes, int line, String name) {
        int colon = line + name.length();
        if (colon >= bytes.length || bytes[colon] != ':') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (lower(bytes[line + i]) != lower(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static int lower(int letter) {
        return letter >= 'A' && letter <= 'Z' ? letter | 0x20 : letter;
    }
}
