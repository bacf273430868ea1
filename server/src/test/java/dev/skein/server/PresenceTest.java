package dev.skein.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.SkeinException;
import dev.skein.home.FoundRuntime;
import dev.skein.home.Home;
import dev.skein.home.RunCard;
import dev.skein.http.Request;
import dev.skein.http.Transport;
import dev.skein.json.Json;
import dev.skein.policy.Control;
import dev.skein.policy.Environment;
import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Workflow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real runtime, seen through its home. */
@Timeout(60)
class PresenceTest {
    @TempDir private Path folder;

    private Environment environment(Path home) {
        return Environment.of(Map.of("SKEIN_HOME", home.toString(), "HOME", folder.toString()));
    }

    private AgentRuntime open(Path home) {
        return open(home, Control.standard());
    }

    private AgentRuntime open(Path home, Control control) {
        return AgentRuntime.open(
                RuntimeConfig.defaults().withEnvironment(environment(home)).withControl(control));
    }

    private static void runOne(AgentRuntime runtime) throws InterruptedException {
        assertThat(runtime.run(Workflow.<String, String>named("w", (_, _) -> "ok"), "").orThrow())
                .isEqualTo("ok");
    }

    private static Json ask(FoundRuntime runtime, String target)
            throws IOException, InterruptedException {
        var time = Timekeeper.system();
        var socket = Path.of(String.valueOf(runtime.card().socket()));
        try (var client = Transport.local(socket, TransportLimits.defaults(), time)) {
            var request = Request.get(URI.create("http://localhost" + target), Map.of());
            var reply = client.send(request, time.nanos() + Duration.ofMinutes(1).toNanos());
            return Json.parse(reply.body());
        }
    }

    @Test
    @Tag("WF-83")
    void aRuntimeIsKnownFromItsFirstWorkflowUntilItIsClosed() throws Exception {
        var path = folder.resolve("home");
        var environment = environment(path);
        try (var runtime = open(path)) {
            assertThat(path).doesNotExist();
            var seen =
                    runtime.run(
                                    Workflow.<String, Json>named(
                                            "look",
                                            (_, _) -> {
                                                var found =
                                                        Home.open(environment)
                                                                .runtimes()
                                                                .getFirst();
                                                assertThat(found.alive()).isTrue();
                                                return ask(found, "/v1/runs");
                                            }),
                                    "")
                            .orThrow();
            assertThat(seen.get("rows").at(0).get("name").text()).isEqualTo("look");
            assertThat(seen.get("rows").at(0).get("status").text()).isEqualTo("working");
        }
        var home = Home.open(environment);
        assertThat(home.runtimes()).isEmpty();
        var card = home.runs().getFirst().card().orElseThrow();
        assertThat(card.name()).isEqualTo("look");
        assertThat(card.standing()).extracting(RunCard.Standing::status).isEqualTo("completed");
    }

    @Test
    @Tag("WF-82")
    void aHomeThatCannotBeUsedHurtsNoRun() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "");
        try (var runtime = open(file)) {
            for (int time = 0; time < 2; time++) runOne(runtime);
        }
        assertThat(file).isRegularFile().isEmptyFile();
    }

    @Test
    @Tag("WF-82")
    void aRuntimeThatRequiresControlOpensWithItOrNotAtAll() throws Exception {
        var required = Control.standard().withRequireControl(true);
        var home = folder.resolve("home");
        try (var _ = open(home, required)) {
            assertThat(Home.open(environment(home)).runtimes()).hasSize(1);
        }
        var file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> open(file, required).close())
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e -> assertThat(e.failure().code()).isEqualTo("denied.files"));
    }

    @Test
    @Tag("WF-78")
    void endedRunsAreKeptAsLongAsTheConfigurationSays() throws Exception {
        var home = folder.resolve("home");
        var none = new Control.Retention(Duration.ofDays(1), 0);
        for (var keep : List.of(Control.Retention.standard(), none)) {
            try (var runtime = open(home, Control.standard().withRetention(keep))) {
                runOne(runtime);
            }
        }
        assertThat(Home.open(environment(home)).runs()).hasSize(1);
    }
}
