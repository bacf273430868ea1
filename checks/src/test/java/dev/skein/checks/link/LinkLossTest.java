package dev.skein.checks.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.HarnessAgent;
import dev.skein.event.Event;
import dev.skein.event.HarnessEvent;
import dev.skein.event.SessionEvent;
import dev.skein.harness.Harness;
import dev.skein.policy.Backoff;
import dev.skein.policy.RestartPolicy;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Workflow;
import dev.skein.testkit.Leaks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions whose agent's program or link breaks while messages and calls go both ways. */
@Tag("integration")
@Timeout(240)
class LinkLossTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int NOTES = 1_000;
    private static final int CALLS = 200;
    private static final int DROPS = 50;
    private static final int AT_ONCE = 100;

    private record Take(int number) {}

    private record Nothing() {}

    private static <O> O run(Harness harness, Workflow<String, O> workflow)
            throws InterruptedException {
        try (var runtime = AgentRuntime.open(RuntimeConfig.defaults().withHarnesses(harness))) {
            return runtime.run(workflow, "").orThrow();
        }
    }

    private static HarnessAgent<String> agent() {
        return HarnessAgent.of("worker", "link:played");
    }

    private static <E extends Event> void await(
            AgentSession session, Class<E> type, Predicate<? super E> where)
            throws InterruptedException {
        try (var events = session.events()) {
            assertThat(events.first(type, where, LONG)).isPresent();
        }
    }

    private static void signal(String name) throws InterruptedException {
        try {
            for (var process : ProcessHandle.current().descendants().toList())
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Tag("HM-58")
    @Tag("HM-60")
    void whateverBreaksTheLinkEachThingArrivesOnceAndInOrder() throws InterruptedException {
        long seed = Long.getLong("skein.seed", 1);
        System.out.println("LinkLossTest: seed " + seed);
        var random = new Random(seed);
        // A note is accepted, seen, and may call or say; so it says a bit more than twice as much.
        int each = (2 * NOTES + 2 * CALLS) / DROPS - random.nextInt(5);
        var taken = new CopyOnWriteArrayList<Integer>();
        var calling = random.ints(0, NOTES).distinct().limit(CALLS).sorted().boxed().toList();
        var facts =
                facts(
                        PlayedHarness.stumbling(each),
                        (scope, _) -> {
                            var worker = scope.open(agent());
                            worker.on(
                                    "take", "Takes.", Take.class, take -> taken.add(take.number()));
                            tell(worker, calling);
                            return worker.ask("say end");
                        });
        assertThat(taken).isEqualTo(calling);
        var sent = ids(facts, SessionEvent.MessageSent.class, SessionEvent.MessageSent::id);
        assertThat(sent).hasSize(NOTES + 1);
        assertThat(
                        ids(
                                facts,
                                SessionEvent.MessageDelivered.class,
                                SessionEvent.MessageDelivered::id))
                .isEqualTo(sent);
        assertThat(ids(facts, SessionEvent.MessageSeen.class, SessionEvent.MessageSeen::id))
                .isEqualTo(sent);
        assertThat(facts)
                .filteredOn(HarnessEvent.LinkLost.class::isInstance)
                .hasSizeGreaterThanOrEqualTo(DROPS);
        assertThat(facts)
                .filteredOn(HarnessEvent.HarnessSaid.class::isInstance)
                .hasSize(NOTES - CALLS + 1);
    }

    private static void tell(AgentSession worker, List<Integer> calling)
            throws InterruptedException {
        for (int i = 0; i < NOTES; i++) {
            boolean calls = calling.contains(i);
            var sent = worker.send(calls ? "call take {\"number\": " + i + "}" : "say " + i);
            if (i % AT_ONCE == 0) sent.await(AgentSession.Delivery.SEEN, LONG);
        }
    }

    /** What happened, in order. */
    private static List<Event> facts(Harness harness, Workflow<String, String> workflow)
            throws InterruptedException {
        var facts = new ArrayList<Event>();
        try (var runtime = AgentRuntime.open(RuntimeConfig.defaults().withHarnesses(harness))) {
            var handle = runtime.spawn("root", workflow, "");
            handle.result().orThrow();
            try (var events = handle.treeEvents(0)) {
                events.forEach(entry -> facts.add(entry.event()));
            }
        }
        return facts;
    }

    private static <E> List<String> ids(List<Event> facts, Class<E> type, Function<E, String> id) {
        return facts.stream().filter(type::isInstance).map(type::cast).map(id).toList();
    }

    @Test
    @Tag("HM-57")
    @Tag("HM-61")
    void aFrozenProgramIsLostAndGoesOnWhenItIsThawed() throws InterruptedException {
        var frozen =
                PlayedHarness.standard()
                        .withLimits(
                                StandIn.FAST
                                        .withHeartbeat(Duration.ofMillis(200))
                                        .withSilence(Duration.ofSeconds(1)));
        var said =
                run(
                        frozen,
                        (scope, _) -> {
                            var worker = scope.open(agent());
                            worker.ask("say here");
                            signal("STOP");
                            await(worker, HarnessEvent.LinkLost.class, _ -> true);
                            signal("CONT");
                            await(worker, HarnessEvent.LinkResumed.class, _ -> true);
                            return worker.ask("epoch");
                        });
        assertThat(said).isEqualTo("1");
    }

    @Test
    @Tag("HM-64")
    void aHandlerThatTakesLongHidesNothing() throws InterruptedException {
        var policy = RestartPolicy.transientChild().withBackoff(Backoff.none());
        var said =
                run(
                        PlayedHarness.standard(),
                        (scope, _) -> {
                            var options = AgentSession.Options.standard().withIfLost(policy);
                            var worker = scope.open("worker", agent(), options);
                            var heard = new CountDownLatch(1);
                            worker.on(
                                    "listen",
                                    "Waits for what its own agent says.",
                                    Nothing.class,
                                    _ -> {
                                        await(worker, HarnessEvent.HarnessSaid.class, _ -> true);
                                        heard.countDown();
                                        await(worker, HarnessEvent.HarnessExited.class, _ -> true);
                                        return "heard";
                                    });
                            worker.send("first begin listen\nfirst say hear me\nhang");
                            heard.await();
                            signal("KILL");
                            await(
                                    worker,
                                    HarnessEvent.HarnessReady.class,
                                    ready -> ready.epoch() == 2);
                            return "back";
                        });
        assertThat(said).isEqualTo("back");
    }

    @Test
    @Tag("HM-39")
    void aRuntimeThatEndsTakesAllProgramsWithIt() throws InterruptedException {
        var leaks = Leaks.before();
        var stubborn =
                run(
                        PlayedHarness.standard(),
                        (scope, _) -> {
                            for (var i : IntStream.range(0, 5).toArray())
                                scope.open("worker" + i, agent()).send("hang");
                            signal("STOP");
                            return "left";
                        });
        assertThat(stubborn).isEqualTo("left");
        leaks.after();
    }
}
