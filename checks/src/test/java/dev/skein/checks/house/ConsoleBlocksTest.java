package dev.skein.checks.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
    private static final int MINUTES_AT_MOST = 5;

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
        Path output = folder.resolve("output");
        var builder = new ProcessBuilder("sh", "-c", command).directory(REPOSITORY.root().toFile());
        builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().keySet().removeIf(ConsoleBlocksTest::choosesAModel);
        builder.environment().put("XDG_CACHE_HOME", folder.toString());
        var process = builder.start();
        try {
            assertThat(process.waitFor(MINUTES_AT_MOST, TimeUnit.MINUTES))
                    .as(command + " ends")
                    .isTrue();
            return Files.readString(output);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static boolean choosesAModel(String variable) {
        return variable.endsWith("_API_KEY")
                || variable.endsWith("_BASE_URL")
                || variable.startsWith("AWS_")
                || variable.equals("SKEIN_MODEL");
    }
}
