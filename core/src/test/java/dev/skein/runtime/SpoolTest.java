package dev.skein.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SpoolTest {
    private static final long MIB = 1 << 20;

    private final Spool spool = new Spool(new Ids(new SplittableRandom(1)));

    @AfterEach
    void close() throws IOException {
        spool.close();
    }

    @Test
    @Tag("AG-83")
    void whatIsKeptIsForItsOwnerAloneAndGoneAfterwards() throws IOException {
        assertThat(spool.isEmpty()).isTrue();
        var text = spool.keep("words", MIB);
        var folder = text.file().getParent();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(text.file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(spool.find(text.handle())).contains(text);

        spool.close();

        assertThat(folder).doesNotExist();
        assertThat(spool.isEmpty()).isTrue();
        assertThatIOException().isThrownBy(() -> spool.keep("late", MIB));
        assertThatThrownBy(() -> text.part(0, 5)).isInstanceOf(IOException.class);
    }

    @Test
    @Tag("AG-83")
    void whatIsBehindTheLimitIsDroppedBetweenCharacters() throws IOException {
        var text = spool.keep("äöü".repeat(100), 11);

        assertThat(text.kept()).isEqualTo(10);
        assertThat(text.size()).isEqualTo(600);
        assertThat(text.part(0, 1000).text()).isEqualTo("äöüäö");
    }

    @Test
    void aPlaceThatIsGoneIsToldAndLeavesNothingBehind() throws IOException {
        var first = spool.keep("words", MIB);
        Files.delete(first.file());
        Files.delete(first.file().getParent());

        assertThatThrownBy(() -> spool.keep("more", MIB)).isInstanceOf(NoSuchFileException.class);
        Files.createDirectory(first.file().getParent());
    }

    @Test
    @Tag("AG-83")
    void partsThatFollowEachOtherAreTheWholeWhereverTheyAreCut() throws IOException {
        long seed = Long.getLong("skein.seed", System.nanoTime());
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            var original = letters(random, random.nextInt(60));
            var text = spool.keep(original, MIB);
            var read = new StringBuilder();
            for (long at = 0; at < text.kept(); ) {
                int most = 1 + random.nextInt(9);
                var part = text.part(at, most);
                assertThat(part.from()).as("seed %d", seed).isEqualTo(at);
                int bytes = part.text().getBytes(StandardCharsets.UTF_8).length;
                assertThat(part.to() - part.from()).as("seed %d", seed).isEqualTo(bytes);
                assertThat(bytes).isBetween(1, Math.max(most, 4));
                read.append(part.text());
                at = part.to();
            }
            assertThat(read.toString()).as("seed %d", seed).isEqualTo(original);
        }
    }

    @Test
    @Tag("AG-83")
    void anyPartIsWholeCharactersOfTheOriginal() throws IOException {
        long seed = Long.getLong("skein.seed", System.nanoTime());
        var random = new Random(seed);
        var original = letters(random, 300);
        var bytes = original.getBytes(StandardCharsets.UTF_8);
        var text = spool.keep(original, MIB);
        for (int i = 0; i < 5_000; i++) {
            int from = random.nextInt(bytes.length + 5);
            var part = text.part(from, 1 + random.nextInt(40));
            int length = (int) (part.to() - part.from());
            if (part.from() <= bytes.length)
                assertThat(part.text())
                        .as("seed %d", seed)
                        .isEqualTo(
                                new String(
                                        bytes, (int) part.from(), length, StandardCharsets.UTF_8))
                        .doesNotContain("\uFFFD");
        }
    }

    private static String letters(Random random, int count) {
        int[] points = {'a', '\n', 'ä', '€', 0x1F600};
        return random.ints(count, 0, points.length)
                .map(i -> points[i])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
