package dev.skein.testkit;

import dev.skein.agent.Agent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.Cursor;
import dev.skein.event.Event;
import dev.skein.event.RunEvent;
import dev.skein.policy.Environment;
import dev.skein.policy.Reach;
import dev.skein.policy.TransportLimits;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RuntimeConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * An {@link AgentRuntime} for one test: everything in memory, a clock that is moved by hand, ids
 * and jitter from a seed, no network beyond this computer, and nothing of the environment of the
 * process. {@link SkeinTest} makes one, and closes it. It is opened when it is first used.
 *
 * <pre>{@code
 * @SkeinTest
 * class TriageTest {
 *     @Test
 *     void asksAgainWhenTheAnswerDoesNotFit(TestRuntime skein, FakeProvider provider)
 *             throws Exception {
 *         provider.openai().replies("{\"type\":\"Bilingg\"}", "{\"type\":\"BILLING\"}");
 *         var triage = ModelAgent.of("triage", Ticket.class).withModel(provider.model("gpt-test"));
 *
 *         var result = skein.run(triage, Task.of("refund me"));
 *
 *         assertThat(result).isCompleted().hasTurns(2).hasRepairs(1);
 *     }
 * }
 * }</pre>
 */
public final class TestRuntime implements AutoCloseable {
    /** When every test begins. */
    public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SHOWN = 40;

    private final ManualClock clock = ManualClock.at(START);
    private final RandomGenerator random;
    private final Supplier<Map<String, String>> environment;
    private final Reach reach;
    private UnaryOperator<RuntimeConfig> change = UnaryOperator.identity();
    private @Nullable AgentRuntime opened;

    TestRuntime(long seed, Reach reach, Supplier<Map<String, String>> environment) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.reach = reach;
        this.environment = environment;
    }

    /** Alone, without the extension; the caller closes it. */
    public static TestRuntime of(long seed) {
        return new TestRuntime(seed, Reach.LOOPBACK, Map::of);
    }

    /**
     * Adds to its configuration, such as tools, interceptors or a model.
     *
     * @throws IllegalStateException if it was used already
     */
    public TestRuntime with(UnaryOperator<RuntimeConfig> more) {
        if (opened != null)
            throw new IllegalStateException(
                    "The runtime is open: configure it before its first use.");
        var before = change;
        change = config -> more.apply(before.apply(config));
        return this;
    }

    /** The runtime itself; opened now if it was not. */
    public AgentRuntime runtime() {
        if (opened == null) opened = AgentRuntime.open(change.apply(config()));
        return opened;
    }

    /** Runs the agent and waits for its end, as {@link AgentRuntime#run(Agent, Task)}. */
    public <O> RunResult<O> run(Agent<O> agent, Task task) throws InterruptedException {
        return runtime().run(agent, task);
    }

    /** Starts a run and does not wait, as {@link AgentRuntime#spawn}. */
    public <O> RunHandle<O> spawn(Agent<O> agent, Task task) {
        return runtime().spawn(agent, task);
    }

    /** The clock of the runtime; it stands at {@link #START} until it is moved. */
    public ManualClock clock() {
        return clock;
    }

    /** The randomness that the runtime uses, from the seed of the test. */
    public RandomGenerator random() {
        return random;
    }

    /** A run by its id. */
    public TestRun run(String id) {
        return TestRun.of(id, runtime().journal());
    }

    /** A run by its result, with its entries. */
    public TestRun run(RunResult<?> result) {
        return TestRun.of(result, runtime().journal());
    }

    /** All runs so far, in the order in which they were asked for. */
    public List<TestRun> runs() {
        var journal = runtime().journal();
        return TestRun.read(journal, Cursor.start()).stream()
                .filter(entry -> entry.event() instanceof RunEvent.RunSubmitted)
                .map(entry -> TestRun.of(entry.origin().run(), journal))
                .toList();
    }

    /**
     * The first entry of that kind for which that is true; waits for it, up to thirty seconds of
     * real time.
     *
     * @throws AssertionError if it does not come, with the end of the journal and all threads
     */
    public <E extends Event> E await(Class<E> type, Predicate<? super E> where)
            throws InterruptedException {
        try (var reader = runtime().journal().read(Cursor.start())) {
            return reader.first(type, where, PATIENCE)
                    .orElseThrow(() ->
                            new AssertionError(
                                    "Waited "
                                            + PATIENCE.toSeconds()
                                            + " s for "
                                            + type.getSimpleName()
                                            + ".\n"
                                            + state()));
        }
    }

    /** The runs so far; none if it was not used. */
    List<TestRun> told() {
        return opened == null ? List.of() : runs();
    }

    /** The runs that have not ended. */
    List<TestRun> open() {
        return told().stream().filter(run -> run.ending().isEmpty()).toList();
    }

    /** What a person wants to see of a test that hangs. */
    String state() {
        return tail() + "\nThreads:\n" + ThreadDump.now();
    }

    /** Ends the runs that go on, and everything that was opened. */
    @Override
    public void close() {
        if (opened != null) opened.close();
    }

    private String tail() {
        if (opened == null) return "The runtime was not used.";
        var entries = TestRun.read(opened.journal(), Cursor.start());
        var text = new StringBuilder("Last entries:");
        for (var entry : entries.subList(Math.max(0, entries.size() - SHOWN), entries.size()))
            text.append("\n    ")
                    .append(entry.seq())
                    .append(' ')
                    .append(entry.origin().path())
                    .append(' ')
                    .append(Story.cut(entry.event().toString()));
        return text.toString();
    }

    private RuntimeConfig config() {
        return RuntimeConfig.defaults()
                .withClock(clock)
                .withZone(ZoneOffset.UTC)
                .withRandom(random)
                .withEnvironment(Environment.of(environment.get()))
                .withTransport(TransportLimits.defaults().withReach(reach));
    }
}
