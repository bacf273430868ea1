package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.json.Json;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A supervisor that runs, and an operator who has its children started and stopped. */
@Tag("integration")
@Timeout(240)
class SupervisorCommandTest extends SecondTerminal {
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

    SupervisorCommandTest() {
        super("Boss.java", BOSS);
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
