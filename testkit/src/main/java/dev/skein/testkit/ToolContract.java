package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.Conflict;
import dev.skein.failure.SkeinException;
import dev.skein.json.Decoded;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.tool.Effect;
import dev.skein.tool.Sharing;
import dev.skein.tool.Tool;
import dev.skein.tool.Toolset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every kind of {@link Tool} must do: a Java function, an annotated method, a tool of a
 * server. Extend it and make, of code that is given, a tool of that kind. Which cases passed is
 * written to {@code target/contracts/tool-<implementation>.txt}.
 *
 * <pre>{@code
 * class RecordToolTest extends ToolContract {
 *     @Override
 *     protected Tool tool(Code code) {
 *         return Tool.of("order", "Orders something.", Order.class, code::run);
 *     }
 * }
 * }</pre>
 */
@ExtendWith(ContractReport.class)
@Timeout(120)
public abstract class ToolContract {
    private static final int MANY = 50;

    /** For subclasses. */
    protected ToolContract() {}

    /** The arguments of the tool: two that must be there and one that may. */
    public record Order(String item, int count, Optional<String> note) {}

    /** What the tool does. */
    @FunctionalInterface
    public interface Code {
        /** Text, {@link Json}, a record, or null for nothing. */
        @Nullable Object run(Order order) throws Exception;
    }

    /** A tool called {@code order}, with a description, that does this. */
    protected abstract Tool tool(Code code);

    @Test
    void itIsDeclared() {
        var spec = tool(_ -> "ok").spec();
        assertThat(spec.name()).isEqualTo("order");
        assertThat(spec.description()).isNotBlank();
        assertThat(spec.input().schema().path("/properties").fields())
                .containsOnlyKeys("item", "count", "note");
        assertThat(spec.input().schema().path("/required").items())
                .containsExactlyInAnyOrder(Json.of("item"), Json.of("count"));
    }

    @Test
    void itsDeclarationDoesNotChange() {
        var tool = tool(_ -> "ok");
        assertThat(tool.spec()).isEqualTo(tool.spec());
        assertThat(tool.spec().input().schema().canonical())
                .isEqualTo(tool.spec().input().schema().canonical());
    }

    @Test
    void itsSchemaSaysWhatItsDecoderTakes() {
        var input = tool(_ -> "ok").spec().input();
        var said = JsonType.schema(input.schema());
        assertThat(takes(said, Mutants.RIGHT)).isTrue();
        assertThat(takes(input, Mutants.RIGHT)).isTrue();
        Mutants.all()
                .forEach((name, mutant) ->
                        assertThat(takes(said, mutant)).as(name).isEqualTo(takes(input, mutant)));
    }

    private static boolean takes(JsonType<?> type, Json value) {
        return type.decodeStrictly(value) instanceof Decoded.Ok<?>;
    }

    @Test
    void validArgumentsReachTheCode() throws Exception {
        var seen = new ConcurrentLinkedQueue<Order>();
        var outcome = call(seen::add, Mutants.RIGHT);
        assertThat(outcome.error()).as(outcome.text()).isFalse();
        assertThat(seen).containsExactly(new Order("bread \"雁🪿\"\n", 3, Optional.of("sliced")));
    }

    @Test
    void whatMayBeAbsentMayBeAbsent() throws Exception {
        var seen = new ConcurrentLinkedQueue<Order>();
        call(seen::add, Mutants.RIGHT.without("note"));
        call(seen::add, Mutants.RIGHT.with("note", null));
        assertThat(seen)
                .extracting(Order::note)
                .containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void invalidArgumentsNeverReachTheCode() throws Exception {
        var reached = new AtomicInteger();
        var mutants = new LinkedHashMap<>(Mutants.all());
        mutants.put("a count beyond an int", Mutants.BEYOND);
        for (var mutant : mutants.entrySet()) {
            var outcome = call(_ -> reached.incrementAndGet(), mutant.getValue());
            assertThat(reached).as(mutant.getKey()).hasValue(0);
            assertThat(outcome.refused()).as(mutant.getKey()).isTrue();
            assertThat(outcome.text()).startsWith("invalid.input");
        }
    }

    @Test
    void aTextIsTheResult() throws Exception {
        for (var text : List.of("eaten", "two\nlines", "雁🪿 \"quoted\"", "x".repeat(2_000)))
            assertThat(call(_ -> text, Mutants.RIGHT).text()).isEqualTo(text);
    }

    @Test
    void aValueIsTheResultAsJson() throws Exception {
        var order = new Order("bread", 3, Optional.of("sliced"));
        var text = call(_ -> order, Mutants.RIGHT).text();
        assertThat(JsonType.of(Order.class).decode(Json.parse(text)))
                .isEqualTo(new Decoded.Ok<>(order, List.of()));
    }

    @Test
    void nothingIsAResultToo() throws Exception {
        var outcome = call(_ -> null, Mutants.RIGHT);
        assertThat(outcome.error()).isFalse();
        assertThat(outcome.text()).isNotBlank().isNotEqualTo("null");
    }

    @Test
    void whatTheCodeThrowsIsAnErrorWithItsMessage() throws Exception {
        var outcome =
                call(
                        _ -> {
                            throw new IllegalStateException("the oven is cold");
                        },
                        Mutants.RIGHT);
        assertThat(outcome.error()).isTrue();
        assertThat(outcome.text()).contains("the oven is cold").doesNotContain("\tat ");
    }

    @Test
    void aFailureIsToldAsItself() throws Exception {
        var outcome =
                call(
                        _ -> {
                            throw new SkeinException(new Conflict.Name("orders", "bread", "Bread"));
                        },
                        Mutants.RIGHT);
        assertThat(outcome.error()).isTrue();
        assertThat(outcome.text()).contains("conflict.name");
    }

    @Test
    void errorsOfTheMachineAreErrorsToo() throws Exception {
        var outcome =
                call(
                        _ -> {
                            throw new StackOverflowError("too deep");
                        },
                        Mutants.RIGHT);
        assertThat(outcome.error()).isTrue();
    }

    @Test
    void afterAnErrorItCanBeCalledAgain() throws Exception {
        var calls = new AtomicInteger();
        var tool =
                tool(_ -> {
                    if (calls.incrementAndGet() == 1) throw new IllegalStateException("cold");
                    return "baked";
                });
        try (var bench = new ToolBench(Toolset.of(tool))) {
            assertThat(bench.call("order", Mutants.RIGHT).error()).isTrue();
            assertThat(bench.call("order", Mutants.RIGHT).text()).isEqualTo("baked");
        }
    }

    @Test
    void cancelingTheRunInterruptsTheCode() throws Exception {
        var oven = new Oven();
        try (var bench = new ToolBench(Toolset.of(tool(oven::bake)))) {
            var handle = bench.start("order", Mutants.RIGHT);
            assertThat(Patience.until(() -> oven.begun() == 1)).as("begun").isTrue();
            handle.cancel("not hungry");
            assertThat(Patience.until(() -> oven.interrupted() == 1)).as("interrupted").isTrue();
        } finally {
            oven.open();
        }
    }

    @Test
    void theTimeoutInterruptsTheCode() throws Exception {
        var oven = new Oven();
        var tool = tool(oven::bake).within(Duration.ofMinutes(1));
        try (var bench = new ToolBench(Toolset.of(tool))) {
            var handle = bench.start("order", Mutants.RIGHT);
            assertThat(Patience.until(() -> oven.begun() == 1)).as("begun").isTrue();
            bench.clock().advance(Duration.ofMinutes(1));
            assertThat(Patience.until(() -> oven.interrupted() == 1)).as("interrupted").isTrue();
            var outcome = ToolBench.outcome(TestRun.of(handle.result()));
            assertThat(outcome.text()).startsWith("tool.timeout");
        } finally {
            oven.open();
        }
    }

    @Test
    void manyCallsAtOnceDoNotMix() throws Exception {
        var tool = tool(order -> order.item() + " x " + order.count());
        try (var bench = new ToolBench(Toolset.of(tool))) {
            var callers = new ArrayList<Caller<ToolBench.Outcome>>();
            for (int i = 0; i < MANY; i++) {
                var arguments = Json.object("item", "item " + i, "count", i);
                callers.add(Caller.start(true, () -> bench.call("order", arguments)));
            }
            var texts = new ArrayList<String>();
            for (var caller : callers) texts.add(caller.result().text());
            assertThat(texts)
                    .allSatisfy(text -> assertThat(text).matches("item (\\d+) x \\1"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void anotherEffectChangesNothingElse() {
        var tool = tool(_ -> "ok");
        var changed = tool.effect(Effect.READ_ONLY).spec();
        assertThat(changed).isEqualTo(tool.spec().withEffect(Effect.READ_ONLY));
    }

    @Test
    void labelsAreAdded() {
        var tool = tool(_ -> "ok").labels("network").labels("private");
        assertThat(tool.spec().labels())
                .contains("network", "private")
                .containsAll(tool(_ -> "ok").spec().labels());
    }

    @Test
    void aToolThatIsDeclaredAnewDoesTheSame() throws Exception {
        var seen = new ConcurrentLinkedQueue<Order>();
        var tool =
                tool(seen::add)
                        .effect(Effect.READ_ONLY)
                        .labels("a")
                        .within(Duration.ofDays(1))
                        .alone();
        assertThat(tool.spec().limits().sharing()).isEqualTo(Sharing.ALONE);
        try (var bench = new ToolBench(Toolset.of(tool))) {
            bench.call("order", Mutants.RIGHT);
        }
        assertThat(seen).hasSize(1);
    }

    private ToolBench.Outcome call(Code code, Json arguments) throws InterruptedException {
        try (var bench = new ToolBench(Toolset.of(tool(code)))) {
            return bench.call("order", arguments);
        }
    }

    /** Code that does not end by itself, and counts how it is treated. */
    private static final class Oven {
        private final CountDownLatch door = new CountDownLatch(1);
        private final AtomicInteger begun = new AtomicInteger();
        private final Queue<InterruptedException> interrupts = new ConcurrentLinkedQueue<>();

        Object bake(Order order) throws InterruptedException {
            begun.incrementAndGet();
            try {
                door.await();
            } catch (InterruptedException e) {
                interrupts.add(e);
                throw e;
            }
            return order.item();
        }

        int begun() {
            return begun.get();
        }

        int interrupted() {
            return interrupts.size();
        }

        void open() {
            door.countDown();
        }
    }
}
