package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command as somebody types it: exit codes and both streams. */
@Tag("integration")
class CommandTest {
    @TempDir private Path folder;

    private Command.Ended skein(String... arguments) throws IOException, InterruptedException {
        return Command.in(folder).run(arguments);
    }

    private Path source(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aProgramPrintsItsAnswerAndGetsItsArguments() throws Exception {
        source(
                "Words.java",
                """
                import module dev.skein.core;
                void main(String[] words) throws InterruptedException {
                    try (var runtime = AgentRuntime.open(RuntimeConfig.defaults().withModel("offline:"))) {
                        IO.println(runtime.run(ModelAgent.of("a"), Task.of(String.join("+", words))).orThrow());
                    }
                }
                """);
        for (int time = 0; time < 2; time++) {
            var ended = skein("run", "Words.java", "one", "two");
            assertThat(ended).isEqualTo(new Command.Ended(0, "[offline] one+two\n", ""));
        }
    }

    @Test
    void aProgramThatDoesNotCompileIsShownWithFileLineAndTheCompilersWords() throws Exception {
        source("Broken.java", "void main() {\n    int x = \"text\";\n}\n");
        var ended = skein("run", "Broken.java");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("Broken.java:2", "incompatible types")
                .doesNotContain("\tat ");
    }

    @Test
    void aProgramsOwnExitCodeIsPassedOn() throws Exception {
        source("Seven.java", "void main() { System.exit(7); }\n");
        assertThat(skein("run", "Seven.java").code()).isEqualTo(7);
    }

    @Test
    void anAgentAnswersOnStandardOutputAlone() throws Exception {
        var ended = skein("run", "assistant", "What is a skein?");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo("[offline] What is a skein?\n");
        assertThat(ended.err()).contains("made up");
    }

    @Test
    @Tag("AG-64")
    void aProgramWithoutAModelIsToldOnceThatItsAnswersAreMadeUp() throws Exception {
        source(
                "Twice.java",
                """
                import module dev.skein.core;
                void main() throws InterruptedException {
                    try (var runtime = AgentRuntime.open()) {
                        for (int time = 0; time < 2; time++)
                            IO.println(runtime.run(ModelAgent.of("a"), Task.of("x")).orThrow());
                    }
                }
                """);
        var ended = skein("run", "Twice.java");
        assertThat(ended.out()).isEqualTo("[offline] x\n[offline] x\n");
        assertThat(ended.err()).containsOnlyOnce("made up");
    }

    @Test
    void anUnknownAgentAndAMissingFileAreThree() throws Exception {
        var agent = skein("run", "nobody", "x");
        assertThat(agent.code()).isEqualTo(3);
        assertThat(agent.err()).startsWith("error missing.agent:").contains("\n  → ");
        assertThat(skein("run", "Nowhere.java").code()).isEqualTo(3);
    }

    @Test
    void anUnknownModelAndAMissingKeyAreOneLineWhatAndOneWhatToDo() throws Exception {
        for (var model : List.of("nobody:x", "anthropic:claude-sonnet-5-5")) {
            var ended = skein("run", "assistant", "x", "--model", model);
            assertThat(ended.code()).as(model).isEqualTo(1);
            assertThat(ended.err()).as(model).contains("error m", "\n  → ").doesNotContain("\tat ");
        }
    }

    @Test
    void aWrongWordIsUsage() throws Exception {
        assertThat(skein("rn").code()).isEqualTo(2);
        assertThat(skein("--version").out()).isNotBlank();
    }
}
