package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolSpec;
import dev.skein.tool.Toolset;
import dev.skein.tool.ToolsetContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link Toolset} must do, wherever its tools come from. Extend it, make a toolset over
 * a shop that is given, and say what this kind cannot do. Which cases passed, and which were
 * skipped and why, is written to {@code target/contracts/toolset-<implementation>.txt}.
 *
 * <pre>{@code
 * class FixedToolsetTest extends ToolsetContract {
 *     @Override
 *     protected Toolset toolset(ToolShop shop) {
 *         return Toolset.of("shop", shop.tools());
 *     }
 *
 *     @Override
 *     protected Map<Trait, String> lacks() {
 *         return Map.of(Trait.SOURCE, "its tools are there from the beginning");
 *     }
 * }
 * }</pre>
 */
@ExtendWith(ContractReport.class)
@Timeout(120)
public abstract class ToolsetContract {
    private static final Json NOTHING = Json.object();
    private static final int MANY = 50;
    private static final int VERY_MANY = 512;

    /** For subclasses. */
    protected ToolsetContract() {}

    /** What a kind of toolset may lack. */
    public enum Trait {
        /** Asks for its tools when it is asked: its source may be slow or down, and change. */
        SOURCE,
        /** Notices by itself that the tools of its source changed, and says so. */
        CHANGES
    }

    /**
     * A toolset whose tools are those of the shop. It asks {@link ToolShop#tools()} for them, or a
     * server of its kind does; where it can, it tells a change by {@link ToolShop#onChange}.
     */
    protected abstract Toolset toolset(ToolShop shop) throws InterruptedException;

    /** What it cannot do, each with the reason that stands in the report; nothing by default. */
    protected Map<Trait, String> lacks() {
        return Map.of();
    }

    @Test
    void itsNameStays() throws Exception {
        try (var toolset = toolset(shop("a"))) {
            assertThat(toolset.name()).isNotBlank().isEqualTo(toolset.name());
        }
    }

    @Test
    void itListsTheToolsOfItsSource() throws Exception {
        var shop = shop("a", "b", "c");
        try (var toolset = toolset(shop)) {
            assertThat(specs(toolset))
                    .extracting(ToolSpec::name)
                    .containsExactlyInAnyOrder("a", "b", "c");
            assertThat(specs(toolset))
                    .extracting(ToolSpec::description)
                    .containsExactlyInAnyOrder("Sells a.", "Sells b.", "Sells c.");
        }
    }

    @Test
    void schemasAreThoseOfItsSource() throws Exception {
        var order = Tool.of("order", "Orders.", ToolContract.Order.class, _ -> "ok");
        try (var toolset = toolset(new ToolShop().sells(order))) {
            var schema = specs(toolset).getFirst().input().schema();
            assertThat(schema.get("properties").fields()).containsOnlyKeys("item", "count", "note");
        }
    }

    @Test
    void anUnchangedListIsTheSameList() throws Exception {
        try (var toolset = toolset(shop("a", "b", "c"))) {
            assertThat(bytes(specs(toolset))).isEqualTo(bytes(specs(toolset)));
        }
    }

    @Test
    void manyToolsAreAllThere() throws Exception {
        var names = IntStream.range(0, VERY_MANY).mapToObj(i -> "tool_" + i).toArray(String[]::new);
        try (var toolset = toolset(shop(names))) {
            assertThat(specs(toolset)).extracting(ToolSpec::name).containsExactlyInAnyOrder(names);
        }
    }

    @Test
    void noToolsAreNone() throws Exception {
        try (var toolset = toolset(shop())) {
            assertThat(specs(toolset)).isEmpty();
        }
    }

    @Test
    void aCallReachesItsTool() throws Exception {
        try (var bench = new ToolBench(toolset(shop("a", "b", "c")))) {
            assertThat(bench.call("b", NOTHING).text()).isEqualTo("sold b");
            assertThat(bench.call("a", NOTHING).text()).isEqualTo("sold a");
        }
    }

    @Test
    void listingCallsNoTool() throws Exception {
        var shop = shop("a", "b");
        try (var toolset = toolset(shop)) {
            specs(toolset);
            assertThat(shop.sold()).isZero();
        }
    }

    @Test
    void manyListersGetTheSame() throws Exception {
        try (var toolset = toolset(shop("a", "b"))) {
            var callers = new ArrayList<Caller<List<ToolSpec>>>();
            for (int i = 0; i < MANY; i++) callers.add(Caller.start(true, () -> specs(toolset)));
            var expected = bytes(specs(toolset));
            for (var caller : callers) assertThat(bytes(caller.result())).isEqualTo(expected);
        }
    }

    @Test
    void closingTwiceIsHarmless() throws Exception {
        var toolset = toolset(shop("a"));
        specs(toolset);
        toolset.close();
        toolset.close();
    }

    @Test
    void closingWithoutUseIsHarmless() throws Exception {
        toolset(shop("a")).close();
    }

    @Test
    void nothingIsAskedBeforeTheFirstUse() throws Exception {
        needs(Trait.SOURCE);
        var shop = shop("a");
        try (var _ = new ToolBench(toolset(shop))) {
            assertThat(shop.asked()).isZero();
        }
    }

    @Test
    void manyFirstUsersShareOneSlowStart() throws Exception {
        needs(Trait.SOURCE);
        var shop = shop("a");
        shop.shut();
        try (var bench = new ToolBench(toolset(shop))) {
            for (int i = 0; i < MANY; i++) bench.parrot().says("Done.");
            var handles = IntStream.range(0, MANY).mapToObj(_ -> bench.spawn()).toList();
            assertThat(Patience.until(() -> shop.asked() > 0)).as("asked").isTrue();
            shop.open();
            for (var handle : handles) assertThat(handle.result().isCompleted()).isTrue();
            assertThat(shop.asked()).isEqualTo(1);
        } finally {
            shop.open();
        }
    }

    @Test
    void aDeadSourceIsUnavailable() throws Exception {
        needs(Trait.SOURCE);
        var shop = shop("a");
        shop.burn();
        try (var toolset = toolset(shop)) {
            assertThat(catchThrowable(() -> specs(toolset)))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            e -> assertThat(e.failure().code()).isEqualTo("tool.unavailable"));
        }
    }

    @Test
    void aSourceThatIsBackIsAskedAgain() throws Exception {
        needs(Trait.SOURCE);
        var shop = shop("a");
        shop.burn();
        try (var toolset = toolset(shop)) {
            assertThat(catchThrowable(() -> specs(toolset))).isInstanceOf(SkeinException.class);
            shop.rebuild();
            assertThat(specs(toolset)).extracting(ToolSpec::name).containsExactly("a");
        }
    }

    @Test
    void runsGoOnWithoutADeadSource() throws Exception {
        needs(Trait.SOURCE);
        var shop = shop("a");
        shop.burn();
        try (var bench = new ToolBench(toolset(shop))) {
            bench.parrot().says("Done.");
            assertThat(bench.run(Set.of()).isCompleted()).isTrue();
            SkeinAssertions.assertThat(bench.run(Set.of("a"))).failedWith("tool.unavailable");
        }
    }

    @Test
    void anInterruptEndsASlowListing() throws Exception {
        needs(Trait.SOURCE);
        var shop = shop("a");
        shop.shut();
        var toolset = toolset(shop);
        try (toolset) {
            var caller = Caller.start(true, () -> specs(toolset));
            assertThat(Patience.until(() -> shop.asked() > 0)).as("asked").isTrue();
            caller.interrupt();
            assertThat(caller.ended()).as("ended after an interrupt").isTrue();
            assertThat(caller.thrown()).isInstanceOf(InterruptedException.class);
        } finally {
            shop.open();
        }
    }

    @Test
    void aChangeIsToldAndSeen() throws Exception {
        needs(Trait.CHANGES);
        var shop = shop("a");
        var told = new AtomicInteger();
        try (var toolset = toolset(shop)) {
            assertThat(toolset.tools(told::incrementAndGet)).hasSize(1);
            shop.sells("a", "b");
            assertThat(Patience.until(() -> told.get() > 0)).as("told").isTrue();
            assertThat(specs(toolset)).extracting(ToolSpec::name).contains("b");
        }
    }

    @Test
    void theChangedListIsOffered() throws Exception {
        needs(Trait.CHANGES);
        var shop = shop("a");
        try (var bench = new ToolBench(toolset(shop))) {
            assertThat(offered(bench)).containsExactly("a");
            shop.sells("b");
            assertThat(Patience.until(() -> offered(bench).equals(List.of("b"))))
                    .as("offers b")
                    .isTrue();
        }
    }

    private static List<String> offered(ToolBench bench) throws InterruptedException {
        var offered = new ArrayList<String>();
        bench.parrot()
                .learns(call -> {
                    call.tools().forEach(spec -> offered.add(spec.name()));
                    return Parrot.reply("Done.", List.of());
                });
        bench.run(Set.of());
        return offered;
    }

    @Test
    void nothingIsToldWhileNothingChanges() throws Exception {
        var told = new AtomicInteger();
        try (var toolset = toolset(shop("a"))) {
            var first = toolset.tools(told::incrementAndGet);
            assertThat(toolset.tools(told::incrementAndGet)).hasSameSizeAs(first);
            assertThat(told).hasValue(0);
        }
    }

    private void needs(Trait trait) {
        var reason = lacks().get(trait);
        if (reason != null) abort("without " + trait + ": " + reason);
    }

    private static ToolShop shop(String... names) {
        return new ToolShop().sells(names);
    }

    private static List<ToolSpec> specs(Toolset toolset) throws InterruptedException {
        ToolsetContext context = () -> {};
        return toolset.tools(context).stream().map(Tool::spec).toList();
    }

    private static List<String> bytes(List<ToolSpec> specs) {
        return specs.stream()
                .map(spec -> spec.name() + spec.description() + spec.input().schema().canonical())
                .toList();
    }
}
