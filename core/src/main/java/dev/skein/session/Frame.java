package dev.skein.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One record of a session's file: a line with the version of the session after it, the length of
 * what follows, its checksum, and a checksum of the line itself; then what follows, and a line end.
 *
 * <p>The line is checked by itself, so that its length can be believed: a record that ends beyond
 * the file was never written whole, hence never acknowledged, and may be cut off. A record that is
 * there whole and does not check was changed since, and is damage.
 */
record Frame(Head head, String text) {
    private static final HexFormat HEX = HexFormat.of();

    /** The first line of a record. */
    record Head(long version, int length, int checksum) {
        private static final int CHECKED = 16 + 1 + 8 + 1 + 8 + 1;

        static final int SIZE = CHECKED + 8 + 1;

        /** Of the record with that text, in which the session gets that version. */
        static Head of(long version, byte[] text) {
            return new Head(version, text.length, crc(text, text.length));
        }

        /** Empty if these bytes, as many as a head has, are none. */
        static Optional<Head> read(byte[] bytes) {
            var line = new String(bytes, StandardCharsets.ISO_8859_1);
            try {
                var head =
                        new Head(
                                HexFormat.fromHexDigitsToLong(line, 0, 16),
                                HexFormat.fromHexDigits(line, 17, 25),
                                HexFormat.fromHexDigits(line, 26, 34));
                return head.line().equals(line) && head.length >= 0
                        ? Optional.of(head)
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        String line() {
            var checked =
                    HEX.toHexDigits(version)
                            + ' '
                            + HEX.toHexDigits(length)
                            + ' '
                            + HEX.toHexDigits(checksum)
                            + ' ';
            var own = crc(checked.getBytes(StandardCharsets.ISO_8859_1), CHECKED);
            return checked + HEX.toHexDigits(own) + '\n';
        }

        /** The bytes of the record that it begins. */
        long whole() {
            return SIZE + length + 1L;
        }
    }

    /** The record with that head and text. */
    static byte[] bytes(Head head, byte[] text) {
        return ByteBuffer.allocate(Math.toIntExact(head.whole()))
                .put(head.line().getBytes(StandardCharsets.ISO_8859_1))
                .put(text)
                .put((byte) '\n')
                .array();
    }

    /** Whether what follows a head, with its line end, is what was written. */
    static boolean fits(Head head, byte[] followed) {
        return followed[head.length] == '\n' && crc(followed, head.length) == head.checksum;
    }

    private static int crc(byte[] bytes, int length) {
        var sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }
}
