package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.policy.Gather;
import dev.skein.testkit.FakeProvider;
import dev.skein.testkit.Fault;
import dev.skein.testkit.Reply;
import dev.skein.testkit.SkeinTest;
import dev.skein.testkit.TestRuntime;
import dev.skein.tool.Tool;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a closed runtime leaves: {@link SkeinTest} fails each for a thread, a socket or a file. */
@SkeinTest
class LeftBehindTest {
    record City(String city) {}

    private static final Tool WEATHER =
            Tool.of("weather", "Weather of a city", City.class, city -> "mild in " + city.city());

    @Test
    void runsWithToolsOverSocketsLeaveNothing(TestRuntime skein, FakeProvider provider)
            throws Exception {
        provider.openai()
                .script(seen ->
                        !seen.results().isEmpty()
                                ? Reply.text("It is mild.")
                                : Reply.calls("weather", Map.of("city", "Paris")));
        skein.with(config -> config.withTools(WEATHER));

        var results = skein.runtime().gather(agent(provider), tasks(200), Gather.of(50));
        skein.close();

        assertThat(results).hasSize(200).allMatch(RunResult::isCompleted);
        assertThat(provider.ledger().asked()).isEqualTo(400);
    }

    @Test
    void runsThatAreCanceledByCloseLeaveNothing(TestRuntime skein, FakeProvider provider)
            throws Exception {
        provider.openai().every(1, new Fault.Stall(new Fault.Point.AfterHeaders(), Fault.FOREVER));
        var agent = agent(provider);
        var handles = tasks(100).stream().map(task -> skein.runtime().spawn(agent, task)).toList();
        while (provider.ledger().asked() < 100) Thread.onSpinWait();

        skein.close();

        for (var handle : handles)
            assertThat(handle.result()).isInstanceOf(RunResult.Canceled.class);
    }

    private static ModelAgent<String> agent(FakeProvider provider) {
        return ModelAgent.of("goose").withModel(provider.openai().model("gpt-test"));
    }

    private static List<Task> tasks(int count) {
        return IntStream.range(0, count).mapToObj(i -> Task.of("Weather " + i + "?")).toList();
    }
}
