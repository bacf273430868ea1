package dev.skein.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.event.Cursor;
import dev.skein.event.Event;
import dev.skein.event.ModelEvent;
import dev.skein.event.RunEvent;
import dev.skein.model.Cost;
import dev.skein.model.Delta;
import dev.skein.model.Money;
import dev.skein.model.Price;
import dev.skein.model.Usage;
import dev.skein.policy.Environment;
import dev.skein.policy.RetryRule;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.testkit.FakeProvider;
import dev.skein.testkit.Fault;
import dev.skein.testkit.Fault.Mangling;
import dev.skein.testkit.Fault.Point;
import dev.skein.testkit.Reply;
import dev.skein.testkit.SkeinTest;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a provider had counted when its stream broke is part of what the run has used. */
@SkeinTest
class PaidStreamTest {
    private static final RetryRule AT_ONCE = new RetryRule(3, Duration.ZERO, Duration.ZERO);
    private static final Price PRICE = Price.of("1.00 USD", "5.00 USD");
    private static final int INPUT = 100_000;
    private static final int OUTPUT = 10_000;
    private static final Reply ANSWER =
            Reply.text("Two geese, and a third one behind them.")
                    .withUsage(Usage.of(INPUT, OUTPUT));

    /** The first answer breaks off, the second one comes. */
    @ParameterizedTest
    @CsvSource({
        // wire, where it breaks, the input and the output that were counted by then
        "anthropic, begun, 100000/1",
        "anthropic, ended, 100000/10000",
        "anthropic, error, 100000/1",
        "gemini, begun, 100000/0",
        "gemini, error, 100000/0",
        "openai, begun, 0/0",
        "openai, ended, 100000/10000",
        "mistral, begun, 0/0",
        "mistral, ended, 100000/10000",
        "ollama, begun, 0/0",
        "bedrock, begun, 0/0",
    })
    @Tag("AG-48")
    @Tag("AG-99")
    void whatWasCountedBeforeTheStreamBrokeIsCharged(
            String name, String where, String counted, FakeProvider provider) throws Exception {
        long input = Long.parseLong(counted.substring(0, counted.indexOf('/')));
        long output = Long.parseLong(counted.substring(counted.indexOf('/') + 1));
        var wire = Loopback.wire(provider, name).script(_ -> ANSWER).at(1, fault(where));
        var agent = ModelAgent.of("atlas").withModel(wire.model("test-1"));
        try (var runtime = AgentRuntime.open(config(agent, provider))) {
            var result = runtime.run(agent, Task.of("go"), PaidStreamTest::hear);
            assertThat(result.isCompleted()).as(result.toString()).isTrue();
            var usage = result.work().usage();
            assertThat(usage.input()).isEqualTo(INPUT + input);
            assertThat(usage.output()).isEqualTo(OUTPUT + output);
            assertThat(usage.calls()).isEqualTo(input == 0 ? 1 : 2);
            assertThat(usage.cost())
                    .isEqualTo(new Cost.Known(PRICE.of(Usage.of(INPUT + input, OUTPUT + output))));
            var lost = first(runtime, ModelEvent.ModelFailed.class).usage();
            assertThat(lost.input()).isEqualTo(input);
            assertThat(lost.output()).isEqualTo(output);
            assertThat(lost.cost().money()).isEqualTo(PRICE.of(Usage.of(input, output)));
        }
    }

    @Test
    @Tag("AG-48")
    void aRunThatIsCanceledInAStreamHasUsedWhatWasCounted(FakeProvider provider) throws Exception {
        var wire =
                provider.anthropic()
                        .script(_ -> ANSWER)
                        .at(1, new Fault.Stall(new Point.Events(99), Fault.FOREVER));
        var agent = ModelAgent.of("atlas").withModel(wire.model("test-1"));
        try (var runtime = AgentRuntime.open(config(agent, provider))) {
            assertThatThrownBy(() -> runtime.run(agent, Task.of("go"), PaidStreamTest::leave))
                    .isInstanceOf(InterruptedException.class);
            assertThat(first(runtime, RunEvent.RunEnded.class).usage().input()).isEqualTo(INPUT);
        }
    }

    @Test
    @Tag("AG-48")
    void aRunThatFailsForGoodHasUsedWhatWasCountedInEachTry(FakeProvider provider)
            throws Exception {
        var wire = provider.anthropic().script(_ -> ANSWER).every(1, fault("begun"));
        var agent = ModelAgent.of("atlas").withModel(wire.model("test-1"));
        try (var runtime = AgentRuntime.open(config(agent, provider))) {
            var usage = runtime.run(agent, Task.of("go"), PaidStreamTest::hear).work().usage();
            assertThat(usage.input()).isEqualTo(3L * INPUT);
            assertThat(usage.cost().money()).isEqualTo(Money.parse("0.300015 USD"));
        }
    }

    private static Fault fault(String where) {
        return switch (where) {
            case "begun" -> new Fault.CloseAfter(new Point.Events(1));
            case "ended" -> new Fault.Mangle(Mangling.NO_END_MARK);
            case "error" -> new Fault.ErrorEvent(1, "");
            default -> throw new IllegalArgumentException("no fault is called " + where);
        };
    }

    private static RuntimeConfig config(ModelAgent<String> agent, FakeProvider provider) {
        return RuntimeConfig.of(agent)
                .withRetry(AT_ONCE)
                .withPrice("*", PRICE)
                .withEnvironment(Environment.of(provider.environment()));
    }

    private static void hear(Delta delta) {
        assertThat(delta).isNotNull();
    }

    private static void leave(Delta delta) {
        if (delta instanceof Delta.Text) Thread.currentThread().interrupt();
    }

    private static <E extends Event> E first(AgentRuntime runtime, Class<E> kind)
            throws InterruptedException {
        try (var reader = runtime.journal().read(Cursor.start())) {
            return reader.first(kind, _ -> true, Duration.ofSeconds(30)).orElseThrow();
        }
    }
}
