package dev.skein.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("HM-12")
class CaptureTest {
    private static final long CAP = 4096;

    @TempDir private Path folder;
    private final AtomicInteger files = new AtomicInteger();

    private Capture capture(long cap) {
        return new Capture(cap, () -> folder.resolve("rest-" + files.incrementAndGet()));
    }

    @Test
    void whatIsShortNeedsNoFile() {
        var capture = capture(CAP);
        var chunk = new byte[(int) CAP];
        Arrays.fill(chunk, (byte) 'x');
        assertThat(capture.take(chunk, chunk.length)).isTrue();
        var captured = capture.captured("[note]");
        assertThat(captured)
                .isEqualTo(new Captured("x".repeat(4096) + "\n[note]", CAP, false, null));
        assertThat(files).hasValue(0);
    }

    @Test
    void anyPiecesGiveTheSame() throws IOException {
        long seed = Long.getLong("skein.seed", new SplittableRandom().nextLong());
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            var bytes = new byte[random.nextInt(3 * (int) CAP)];
            for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) ('a' + random.nextInt(26));
            var whole = capture(CAP);
            whole.take(bytes, bytes.length);
            var pieces = capture(CAP);
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(2000));
                pieces.take(Arrays.copyOfRange(bytes, at, at + length), length);
                at += length;
            }
            var captured = pieces.captured("");
            assertThat(captured.text()).as("seed %s", seed).isEqualTo(whole.captured("").text());
            pieces.close();
            var rest = captured.rest();
            assertThat(captured.cut()).isEqualTo(bytes.length > CAP);
            if (rest != null) assertThat(Path.of(rest)).hasBinaryContent(bytes);
            whole.close();
        }
    }

    @Test
    void moreThanThatIsTooMuch() throws IOException {
        var capture = capture(CAP);
        var chunk = new byte[1 << 20];
        for (int i = 0; i < 64; i++) assertThat(capture.take(chunk, chunk.length)).isTrue();
        assertThat(capture.take(chunk, 1)).isFalse();
        var captured = capture.captured("");
        capture.close();
        assertThat(captured.bytes()).isEqualTo((64L << 20) + 1);
        assertThat(Files.size(Path.of("" + captured.rest()))).isEqualTo(64L << 20);
    }

    @Test
    void aDiskThatRefusesLeavesTheText() {
        var capture = new Capture(CAP, () -> folder.resolve("none/there"));
        var chunk = new byte[3 * (int) CAP];
        Arrays.fill(chunk, (byte) 'x');
        assertThat(capture.take(chunk, chunk.length)).isTrue();
        assertThat(capture.take(chunk, chunk.length)).isTrue();
        var captured = capture.captured("");
        assertThat(captured.rest()).isNull();
        assertThat(captured.cut()).isTrue();
        assertThat(captured.bytes()).isEqualTo(6 * CAP);
    }
}
