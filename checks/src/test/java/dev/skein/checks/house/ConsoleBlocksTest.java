package dev.skein.checks.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands that documents show, as a reader types them: without keys, in the root of the
 * checkout.
 */
@Tag("examples")
class ConsoleBlocksTest {
    private static final Repository REPOSITORY = Repository.here();
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** One for all: a command may go on with what one before it has kept. */
    @TempDir private static Path home;

    @TempDir private Path folder;

    static Stream<Transcript> transcripts() {
        return REPOSITORY.filesEndingWith(".md").stream()
                .flatMap(file -> Transcript.in(REPOSITORY.name(file), file))
                .filter(transcript -> !transcript.command().startsWith("./check"));
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void aCommandPrintsWhatTheDocumentSays(Transcript transcript)
            throws IOException, InterruptedException {
        assertThat(printed(transcript.command()))
                .matches(transcript::fits, "fits\n" + transcript.printed());
    }

    private String printed(String command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-c", command).directory(REPOSITORY.root().toFile());
        builder.environment().put("XDG_CACHE_HOME", folder.toString());
        builder.environment().put("SKEIN_HOME", home.toString());
        return new Keyless(builder, folder.resolve("output")).run(LONGEST);
    }
}
