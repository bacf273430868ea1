package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import dev.skein.policy.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir private Path home;

    private final Paper paper = new Paper();

    private Json examined(Map<String, String> more) throws InterruptedException {
        var variables = new HashMap<>(Map.of("HOME", home.toString(), "PATH", home.toString()));
        variables.putAll(more);
        new Doctor(Environment.of(variables), paper.json()).examine(false);
        return Json.parse(paper.out().strip());
    }

    private static String state(Json report, String name) {
        return report.get("rows").items().stream()
                .filter(row -> row.get("name").text().equals(name))
                .map(row -> row.get("state").text())
                .findFirst()
                .orElse("absent");
    }

    @Test
    void whatIsNotThereIsNoError() throws InterruptedException {
        var report = examined(Map.of("SKEIN_MODEL", "offline:"));
        assertThat(state(report, "home")).isEqualTo("ok");
        assertThat(state(report, "tmux")).isEqualTo("none");
        assertThat(state(report, "model")).isEqualTo("ok");
        assertThat(report.get("errors").asLong()).isZero();
    }

    @Test
    void madeUpAnswersAreAWarning() throws InterruptedException {
        assertThat(state(examined(Map.of("OLLAMA_HOST", "http://127.0.0.1:1")), "model"))
                .isEqualTo("warn");
    }

    @Test
    void aModelThatNobodyHasIsAnError() throws InterruptedException {
        var report = examined(Map.of("SKEIN_MODEL", "nobody:x"));
        assertThat(state(report, "model")).isEqualTo("error");
        assertThat(report.get("errors").asLong()).isEqualTo(1);
    }

    @Test
    @Tag("AG-99")
    void aListOfModelsThatIsWrongIsAnError() throws IOException, InterruptedException {
        Files.writeString(home.resolve("models.json"), "{\"openai\": 1}");
        var report = examined(Map.of("SKEIN_HOME", home.toString(), "OPENAI_API_KEY", "k"));
        assertThat(state(report, "model")).isEqualTo("error");
        assertThat(report.canonical()).contains("models.json at /openai: must be an object");
    }

    @Test
    void aHomeThatOthersCanReadIsAWarning() throws IOException, InterruptedException {
        var folder = Files.createDirectory(home.resolve(".skein"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(state(examined(Map.of()), "home")).isEqualTo("warn");
    }

    @Test
    void programsAreLookedForOnThePath() throws IOException, InterruptedException {
        var tmux = Files.createFile(home.resolve("tmux"));
        Files.setPosixFilePermissions(tmux, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(state(examined(Map.of()), "tmux")).isEqualTo("ok");
    }

    @Test
    void keysAreNotShown() throws InterruptedException {
        var report = examined(Map.of("OPENAI_API_KEY", "sk-secret-of-this-test"));
        assertThat(report.canonical()).contains("OPENAI_API_KEY").doesNotContain("sk-secret");
    }
}
