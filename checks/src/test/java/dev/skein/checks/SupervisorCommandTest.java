package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A supervisor that runs, and an operator who has its children started and stopped. */
@Tag("integration")
@Timeout(240)
class SupervisorCommandTest {
    private static final String BOSS =
            """
            import module dev.skein.core;

            record Job(String name) {}

            void main() throws Exception {
                var work = Workflow.<Job, String>named("work", (scope, job) -> {
                    return scope.await(String.class);
                });
                var template = Supervisor.Work.template(work, Job.class);
                var boss = Supervisor.of(Supervisor.Strategy.ONE_FOR_ONE)
                    .child(Supervisor.Child.of("job", template, RestartPolicy.transientChild()));
                try (var runtime = AgentRuntime.open()) {
                    var handle = runtime.spawn("boss", boss, null);
                    IO.println("up");
                    handle.result();
                }
            }
            """;

    @TempDir private Path folder;
    private Command skein;
    private Process program;

    @BeforeEach
    void start() throws Exception {
        skein = terminal("second");
        var first = terminal("first");
        Files.writeString(first.folder().resolve("Boss.java"), BOSS);
        program = first.start("run", "Boss.java");
        // Nothing else tells when it has printed.
        while (!Files.readString(first.out()).contains("up"))
            assertThat(program.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
    }

    @AfterEach
    void end() throws InterruptedException {
        program.descendants().forEach(ProcessHandle::destroyForcibly);
        program.destroyForcibly().waitFor();
    }

    private Command terminal(String name) throws IOException {
        var place = Files.createDirectories(folder.resolve(name));
        return Command.in(place)
                .with(
                        Map.of(
                                "SKEIN_HOME",
                                folder.resolve("home").toString(),
                                "XDG_CACHE_HOME",
                                folder.resolve("cache").toString()));
    }

    private String printed(String... arguments) throws IOException, InterruptedException {
        var ended = skein.run(arguments);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        return ended.out();
    }

    /** Id and state of each child. */
    private String children() throws IOException, InterruptedException {
        var rows = Json.parse(printed("call", "children", "--json").strip()).items();
        return String.join(
                ", ",
                rows.stream()
                        .map(row -> row.get("id").text() + " " + row.get("state").text())
                        .toList());
    }

    @Test
    @Tag("WF-73")
    void anOperatorStartsSeesAndStopsChildren() throws Exception {
        assertThat(children()).isEmpty();
        assertThat(printed("call", "start_child", "name=x")).isEqualTo("job-1\n");
        assertThat(printed("call", "start_child", "name=y")).isEqualTo("job-2\n");
        assertThat(children()).isEqualTo("job-1 running, job-2 running");
        assertThat(printed("call", "stop_child", "id=job-1")).isNotEmpty();
        while (!children().equals("job-1 stopped, job-2 running"))
            assertThat(program.isAlive()).isTrue();
        assertThat(skein.run("call", "stop_child", "id=nobody").err())
                .startsWith("error missing.run: ");
        assertThat(skein.run("call", "start_child", "nam=x").code()).isEqualTo(2);
    }
}
