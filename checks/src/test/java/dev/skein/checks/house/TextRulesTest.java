package dev.skein.checks.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("static")
class TextRulesTest {
    private static final Repository REPOSITORY = Repository.here();

    @Test
    void noFileNamesAMachineOrUnfinishedWork() throws IOException {
        for (Path file : REPOSITORY.files()) {
            assertThat(breaches(file)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cd %work/here",
                "\"%root/.m2\"",
                "FIX%ME later",
                "// TO%DO",
                "%home/goose/skein"
            })
    void aBannedWordIsFoundWithItsLine(String text) {
        String line =
                text.contains("ME") || text.contains("DO")
                        ? text.replace("%", "")
                        : text.replace("%", "/");
        assertThat(TextRules.breaches("a.txt", "fine\n" + line))
                .extracting(Breach::where)
                .containsExactly("a.txt:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a workflow/root of home/", "~/work/notes", "src/root/file", "TODOs"})
    void anOrdinaryWordIsNot(String text) {
        assertThat(TextRules.breaches("a.txt", text)).isEmpty();
    }

    private static Stream<Breach> breaches(Path file) throws IOException {
        try {
            return TextRules.breaches(REPOSITORY.name(file), Files.readString(file));
        } catch (CharacterCodingException binary) {
            return Stream.empty();
        }
    }
}
