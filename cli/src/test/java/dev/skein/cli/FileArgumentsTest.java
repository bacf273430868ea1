package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileArgumentsTest {
    private static FileArguments of(String words) {
        return FileArguments.of(words.split(" ")).orElseThrow();
    }

    @Test
    void whatFollowsTheFileBelongsToTheProgram() {
        var found = of("run Hello.java a --debug -- b");
        assertThat(found.file()).isEqualTo(Path.of("Hello.java"));
        assertThat(found.options()).isEmpty();
        assertThat(found.arguments()).containsExactly("a", "--debug", "--", "b");
    }

    @Test
    void onlyTheFirstDashesBehindTheFileAreDropped() {
        assertThat(of("run Hello.java -- --help --").arguments()).containsExactly("--help", "--");
    }

    @Test
    void optionsBeforeTheFileAreOurs() {
        var found = of("run --debug --quiet Hello.java --json");
        assertThat(found.options()).containsExactly("--debug", "--quiet");
        assertThat(found.arguments()).isEqualTo(List.of("--json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "run", "run --debug", "run assistant Hello.java", "doctor Hello.java"})
    void everythingElseIsForAnotherCommand(String words) {
        assertThat(FileArguments.of(words.split(" "))).isEmpty();
    }
}
