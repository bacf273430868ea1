package dev.skein.testkit.loop;

/** Searching in bytes, without making strings of them. */
final class Bytes {
    private Bytes() {}

    static int indexOf(byte[] bytes, int from, int to, char wanted) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
        for (int i = from, last = to - wanted.length; i <= last; i++) {
            if (bytes[i] == wanted[0] && matches(bytes, i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Where the value of a header begins, names compared without case; negative if there is none.
     */
    static int headerValue(byte[] bytes, int headEnd, String name) {
        for (int i = 0; i < headEnd; i++) {
            if (bytes[i] == '\n' && named(bytes, i + 1, headEnd, name)) {
                int at = i + name.length() + 2;
                while (at < headEnd && bytes[at] == ' ') {
                    at++;
                }
                return at;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] bytes, int at, byte[] wanted) {
        for (int i = 1; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean named(byte[] bytes, int at, int end, String name) {
        int length = name.length();
        if (at + length >= end || bytes[at + length] != ':') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((bytes[at + i] | 0x20) != (name.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }
}
