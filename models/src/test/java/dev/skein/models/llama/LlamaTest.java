package dev.skein.models.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.ModelChoice;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.model.Delta;
import dev.skein.model.ModelSettings;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.ContextWindow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real tokens of a real model: what it says is nonsense, but it is said, counted, streamed and
 * bound to a grammar as any other's would be.
 */
class LlamaTest {
    enum Mood {
        CALM,
        STORMY
    }

    record Weather(Mood mood, boolean rain, List<Mood> next) {}

    private static final ContextWindow WINDOW = ContextWindow.of(TinyModel.CONTEXT, 128, 0.3);

    @TempDir private static Path folder;
    private static LlamaModels model;

    @BeforeAll
    static void open() throws Exception {
        System.setProperty("de.kherud.llama.tmpdir", folder.toString());
        var file = folder.resolve("tiny.gguf");
        TinyModel.write(file, 7);
        assertThat(Files.size(file)).isLessThan(600_000);
        model = new LlamaModels(file, TinyModel.CONTEXT);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static AgentRuntime runtime() {
        return AgentRuntime.open(RuntimeConfig.defaults().withModel(model));
    }

    private static ModelAgent<String> talker(int tokens) {
        return ModelAgent.of("talker")
                .withInstructions("Say something.")
                .withWindow(WINDOW)
                .withModel(
                        ModelChoice.ofRuntime()
                                .withSettings(ModelSettings.unset().withMaxTokens(tokens)));
    }

    @Test
    void realTokensAreCountedOnBothSides() throws Exception {
        try (var runtime = runtime()) {
            var result = runtime.run(talker(20), Task.of("hello"));
            result.orThrow();
            assertThat(result.work().usage().output()).isBetween(1L, 20L);
            assertThat(result.work().usage().input()).isGreaterThan(20L);
        }
    }

    @Test
    @Tag("AG-57")
    void whatIsStreamedIsWhatIsRecorded() throws Exception {
        var heard = new ArrayList<String>();
        try (var runtime = runtime()) {
            var text =
                    runtime.run(
                                    talker(40),
                                    Task.of("hello"),
                                    delta -> {
                                        if (delta instanceof Delta.Text(var piece))
                                            heard.add(piece);
                                    })
                            .orThrow();
            assertThat(heard).hasSizeGreaterThan(1);
            assertThat(String.join("", heard)).isEqualTo(text);
        }
    }

    @Test
    @Tag("AG-53")
    void aTypedAnswerIsBoundByItsGrammar() throws Exception {
        var forecaster =
                ModelAgent.of("forecaster", Weather.class)
                        .withInstructions("Forecast.")
                        .withWindow(WINDOW)
                        .withRepairs(5);
        try (var runtime = runtime()) {
            assertThat(runtime.run(forecaster, Task.of("tomorrow?")))
                    .isInstanceOf(RunResult.Completed.class);
        }
    }

    @Test
    void aConversationGoesOnWithWhatWasSaid() throws Exception {
        try (var runtime = runtime()) {
            var bob = Namespace.of("bob");
            runtime.run(talker(10), Task.of("hello").in(bob)).orThrow();
            var second = runtime.run(talker(10), Task.of("and?").in(bob));
            second.orThrow();
            assertThat(second.work().usage().input()).isGreaterThan(60L);
        }
    }

    @Test
    @Tag("AG-69")
    void aRunIsCanceledInTheMiddleOfItsAnswer() throws Exception {
        var begun = new CountDownLatch(1);
        try (var runtime = runtime()) {
            var caller =
                    Thread.ofVirtual()
                            .unstarted(() -> {
                                try {
                                    runtime.run(
                                            talker(400), Task.of("hello"), _ -> begun.countDown());
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            caller.start();
            begun.await();
            caller.interrupt();
            caller.join();
            assertThat(runtime.run(talker(5), Task.of("again")).isCompleted()).isTrue();
        }
    }
}
