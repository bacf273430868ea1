package dev.skein.checks;

import static dev.skein.testkit.SkeinAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.Task;
import dev.skein.model.Message;
import dev.skein.policy.Environment;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.Session;
import dev.skein.session.SessionStore;
import dev.skein.session.Transcript;
import dev.skein.testkit.FakeProvider;
import dev.skein.testkit.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that dies at any step of a run loses nothing that its store had acknowledged, and the
 * conversation goes on in the next process.
 */
@Tag("integration")
class KilledTest {
    /** Messages that one append of the program adds at most. */
    private static final int AT_ONCE = 2;

    @TempDir private Path place;

    @Test
    @Tag("AG-73")
    @Tag("AG-74")
    @Timeout(240)
    void whereverAProcessDiesItsConversationIsKeptAndGoesOn() throws Exception {
        try (var provider = FakeProvider.start()) {
            provider.bedrock().always(Reply.text("Going on."));
            int step = 1;
            while (!dies(step, provider)) step++;
            assertThat(step).as("steps of the run").isBetween(12, 40);
        }
    }

    /** True if the run was complete before that step. */
    private boolean dies(int step, FakeProvider provider) throws Exception {
        var folder = place.resolve("step-" + step);
        var printed = new ArrayList<>(program(folder, step));
        boolean completed = printed.remove(DoomedProgram.COMPLETED);
        var stored = stored(folder);
        assertThat(stored)
                .hasSizeBetween(printed.size(), printed.size() + (completed ? 0 : AT_ONCE));
        assertThat(stored.subList(0, printed.size())).as("step %d", step).isEqualTo(printed);
        goesOn(folder, provider, stored.size());
        return completed;
    }

    private List<String> program(Path folder, int step) throws IOException, InterruptedException {
        var output = place.resolve("printed");
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DoomedProgram.class.getName(),
                                folder.toString(),
                                Integer.toString(step))
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("step %d ends", step).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output);
    }

    private static List<String> stored(Path folder) {
        try (var store = DoomedProgram.store(folder)) {
            return messages(store).stream().map(Transcript::json).toList();
        }
    }

    private static List<Message> messages(SessionStore store) {
        Optional<Session> session = store.load(DoomedProgram.KEY);
        return session.map(Session::messages).orElse(List.of());
    }

    /** Another run in the same conversation, with a provider that insists on alternating roles. */
    private static void goesOn(Path folder, FakeProvider provider, int before) throws Exception {
        var config =
                RuntimeConfig.of(DoomedProgram.ATLAS)
                        .withModel(provider.bedrock().model("anthropic.claude"))
                        .withEnvironment(Environment.of(provider.environment()))
                        .withTools(DoomedProgram.note())
                        .withSessions(DoomedProgram.store(folder));
        try (var runtime = AgentRuntime.open(config)) {
            var task = Task.of("Go on.").in(DoomedProgram.BOB);
            assertThat(runtime.run(DoomedProgram.ATLAS, task).orThrow()).isEqualTo("Going on.");
            var messages = messages(runtime.sessions());
            assertThat(messages).isWhole().endsWith("Going on.");
            assertThat(messages.size()).isEqualTo(before + 2);
        }
    }
}
