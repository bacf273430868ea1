package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.Partial;
import dev.skein.agent.RunResult;
import dev.skein.agent.Work;
import dev.skein.failure.Missing;
import dev.skein.json.Json;
import dev.skein.model.Cost;
import dev.skein.model.Money;
import dev.skein.model.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final Work WORK = work(new Cost.Known(Money.parse("0.50 USD")));

    private static Work work(Cost cost) {
        var usage = Usage.of(61, 14).withCost(cost);
        return new Work("7kq2", usage, 1, Duration.ofSeconds(1), "a:b", Partial.none(), List.of());
    }

    private static String text(RunResult<Json> result) {
        return new Answer(result).json().canonical();
    }

    @Test
    void aCompletedRunHasItsOutput() {
        assertThat(text(new RunResult.Completed<>(Json.object("type", "Billing"), WORK)))
                .isEqualTo(
                        """
                        {"status":"completed","output":{"type":"Billing"},"run":"7kq2","turns":1,\
                        "tokens":{"input":61,"output":14},"cost":"0.50 USD"}\
                        """);
    }

    @Test
    void aFailedRunHasItsFailure() {
        var failed = new RunResult.Failed<Json>(new Missing.Model("x:y", List.of()), WORK);
        var json = new Answer(failed).json();
        assertThat(json.get("status").text()).isEqualTo("failed");
        assertThat(json.path("/failure/code").text()).isEqualTo("missing.model");
        assertThat(json.path("/tokens/input").asLong()).isEqualTo(61);
    }

    @Test
    void aCanceledRunSaysWhy() {
        var canceled = new RunResult.Canceled<Json>("the runtime was closed", WORK);
        assertThat(text(canceled)).startsWith("{\"status\":\"canceled\",\"reason\":\"the runtime");
    }

    @Test
    void aCostThatIsNotKnownIsNotZero() {
        var work = work(new Cost.AtLeast(Money.zero(), Set.of("a:b")));
        var completed = new RunResult.Completed<Json>(Json.of("x"), work);
        assertThat(new Answer(completed).json().get("cost").text()).isEqualTo("at least 0 USD");
    }
}
