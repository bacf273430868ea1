package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramFileTest {
    private static final Program PROGRAM =
            new Program(
                    new Program.Entry("a.Hello", true, false),
                    Map.of("a.Hello", new byte[] {1, 2, 3}, "a.Hello$One", new byte[0]));

    @Test
    void aProgramComesBackAsItWas() throws IOException {
        var back = ProgramFile.decode(ProgramFile.encode(PROGRAM)).orElseThrow();
        assertThat(back.entry()).isEqualTo(PROGRAM.entry());
        assertThat(back.classes()).containsOnlyKeys("a.Hello", "a.Hello$One");
        assertThat(back.classes().get("a.Hello")).containsExactly(1, 2, 3);
    }

    @Test
    void aFileWithOneChangedBitIsNoProgram() throws IOException {
        var file = ProgramFile.encode(PROGRAM);
        for (int at = 0; at < file.length; at++) {
            var damaged = file.clone();
            damaged[at] ^= 4;
            assertThat(ProgramFile.decode(damaged)).as("byte %d", at).isEmpty();
        }
    }

    @Test
    void aFileThatWasCutIsNoProgram() throws IOException {
        var file = ProgramFile.encode(PROGRAM);
        for (int length = 0; length < file.length; length++)
            assertThat(ProgramFile.decode(Arrays.copyOf(file, length))).isEmpty();
    }
}
