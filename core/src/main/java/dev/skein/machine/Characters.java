package dev.skein.machine;

/** Where characters of UTF-8 begin and end in bytes that were cut somewhere. */
final class Characters {
    private static final int LONGEST = 4;

    private Characters() {}

    /** The end without a character that was cut in half. */
    static int end(byte[] bytes) {
        for (int back = 1; back < LONGEST && back <= bytes.length; back++) {
            byte one = bytes[bytes.length - back];
            if (goesOn(one)) continue;
            return length(one) > back ? bytes.length - back : bytes.length;
        }
        return bytes.length;
    }

    /** The start without the end of a character that was cut in half. */
    static int start(byte[] bytes) {
        int start = 0;
        while (start < LONGEST - 1 && start < bytes.length && goesOn(bytes[start])) start++;
        return start;
    }

    private static boolean goesOn(byte one) {
        return (one & 0xC0) == 0x80;
    }

    /** Of the character that begins with that byte. */
    private static int length(byte first) {
        int value = first & 0xFF;
        if (value < 0xC0) return 1;
        return value < 0xE0 ? 2 : value < 0xF0 ? 3 : LONGEST;
    }
}
