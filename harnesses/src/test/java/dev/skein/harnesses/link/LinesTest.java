package dev.skein.harnesses.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LinesTest {
    /** Gives what there is in pieces of random length. */
    private static final class Pieces extends InputStream {
        private final InputStream whole;
        private final Random random;

        Pieces(byte[] bytes, Random random) {
            this.whole = new ByteArrayInputStream(bytes);
            this.random = random;
        }

        @Override
        public int read() throws IOException {
            return whole.read();
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return whole.read(into, from, Math.min(length, 1 + random.nextInt(9_000)));
        }
    }

    private static Lines of(String text) {
        return new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void linesComeAsTheyWereHoweverTheyAreCut() throws IOException, RefusedException {
        long seed = Long.getLong("skein.seed", 1);
        System.out.println("LinesTest: seed " + seed);
        var random = new Random(seed);
        var sent = new ArrayList<String>();
        for (int i = 0; i < 300; i++)
            sent.add("x".repeat(random.nextInt(i % 50 == 0 ? 300_000 : 200)) + i);
        var bytes = (String.join("\n", sent) + "\nrest").getBytes(StandardCharsets.UTF_8);
        var lines = new Lines(new Pieces(bytes, random));
        var read = new ArrayList<String>();
        for (var line = lines.next(); line != null; line = lines.next())
            read.add(new String(line, StandardCharsets.UTF_8));
        assertThat(read).isEqualTo(sent);
    }

    @Test
    void onlyALineFeedEndsALine() throws IOException, RefusedException {
        var lines = of("a\r\u2028\u0085b\n\n");
        assertThat(lines.next()).asString(StandardCharsets.UTF_8).isEqualTo("a\r\u2028\u0085b");
        assertThat(lines.hasNext()).isTrue();
        assertThat(lines.next()).isEmpty();
        assertThat(lines.hasNext()).isFalse();
        assertThat(lines.next()).isNull();
    }

    @Test
    @Tag("HM-62")
    void aLineMayHaveOneMebibyteAndNotMore() throws IOException, RefusedException {
        var longest = "x".repeat(Lines.LONGEST);
        assertThat(of(longest + "\n").next()).hasSize(Lines.LONGEST);
        for (var line : List.of(longest + "x\n", longest + "x", longest.repeat(3)))
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(of(line)::next)
                    .matches(refused -> refused.code().equals("frame_too_big"));
    }

    @Test
    @Tag("HM-62")
    void noMoreThanALineIsReadAhead() {
        var read = new long[1];
        var endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 'x';
                    }

                    @Override
                    public int read(byte[] into, int from, int length) {
                        read[0] += length;
                        Arrays.fill(into, from, from + length, (byte) 'x');
                        return length;
                    }
                };
        assertThatExceptionOfType(RefusedException.class).isThrownBy(new Lines(endless)::next);
        assertThat(read[0]).isLessThanOrEqualTo(Lines.LONGEST + 2);
    }
}
