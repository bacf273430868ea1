package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fake provider that somebody starts from the packaged testkit. */
@Tag("integration")
class ProviderByHandTest {
    private static final int VARIABLES = 4;

    @TempDir private Path folder;

    @Test
    void whatItPrintsIsAllThatTheCommandNeeds() throws Exception {
        var provider = java("provider", "--port", "0").start();
        try {
            var ended =
                    Command.in(folder)
                            .with(printed(provider))
                            .run("run", "assistant", "x", "--json");

            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("\"status\":\"completed\"");
            assertThat(ended.err()).doesNotContain("offline");
        } finally {
            provider.destroy();
            provider.waitFor();
        }
    }

    @Test
    void aWrongWordIsUsage() throws Exception {
        for (var words : List.of("", "provider --port x", "provider --port", "provider --prot 1")) {
            var err = folder.resolve("err").toFile();
            var process = java(words.split(" ")).redirectError(err).start();

            assertThat(process.waitFor()).as(words).isEqualTo(2);
            assertThat(err)
                    .content()
                    .startsWith("error: ")
                    .contains("usage:")
                    .doesNotContain("\tat ");
        }
    }

    private static Map<String, String> printed(Process provider) throws IOException {
        var variables = new HashMap<String, String>();
        var reader = provider.inputReader();
        while (variables.size() < VARIABLES) {
            var words = reader.readLine().substring("export ".length()).split("=", 2);
            variables.put(words[0], words[1]);
        }
        return variables;
    }

    private static ProcessBuilder java(String... arguments) throws IOException {
        var target = Command.root().resolve("testkit/target");
        try (var jars = Files.newDirectoryStream(target, "skein-testkit-*.jar")) {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var builder = new ProcessBuilder(java, "-jar", jars.iterator().next().toString());
            builder.command().addAll(List.of(arguments));
            return builder;
        }
    }
}
