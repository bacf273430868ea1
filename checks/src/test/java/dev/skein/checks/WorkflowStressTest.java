package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.event.Cursor;
import dev.skein.event.Entry;
import dev.skein.event.Journal;
import dev.skein.event.RunEvent;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.failure.SkeinException;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Scope;
import dev.skein.runtime.Workflow;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random trees of workflows with sessions, tools, endpoints, connections and questions, canceled at
 * random moments: each thing that began has ended once, in its place, and nothing is left.
 */
class WorkflowStressTest {
    record Nothing() {}

    private static final int ROOTS = 150;
    private static final Duration LONG = Duration.ofMinutes(2);

    private record Plan(long seed, int depth) {}

    private static final Workflow<Plan, Integer> NODE =
            Workflow.named("node", (scope, plan) -> live(scope, plan));

    private static int live(Scope scope, Plan plan) throws InterruptedException {
        var random = new SplittableRandom(plan.seed());
        var mine = new Mine(scope, plan, random, new ArrayList<>(), new ArrayList<>());
        scope.expose("poke", "Pokes.", Nothing.class, _ -> scope.emit("poked", plan.depth()));
        for (int step = 0; step < 8; step++) step(mine);
        int sum = 1;
        if (random.nextBoolean())
            for (var child : mine.children())
                if (child.result().isCompleted()) sum += child.await();
        return sum;
    }

    /** What a node has, and what it makes of it. */
    private record Mine(
            Scope scope,
            Plan plan,
            SplittableRandom random,
            List<AgentSession> sessions,
            List<RunHandle<Integer>> children) {}

    private static void step(Mine mine) throws InterruptedException {
        var scope = mine.scope();
        var random = mine.random();
        var sessions = mine.sessions();
        var children = mine.children();
        try {
            switch (random.nextInt(9)) {
                case 0, 1 -> sessions.add(opened(scope, random, sessions.size()));
                case 2, 3 -> {
                    if (mine.plan().depth() > 0)
                        children.add(
                                scope.spawn(
                                        NODE,
                                        new Plan(random.nextLong(), mine.plan().depth() - 1)));
                }
                case 4 -> any(sessions, random).send("m" + random.nextInt());
                case 5 -> any(sessions, random).ask("q" + random.nextInt());
                case 6 -> any(children, random).call("poke", null, Object.class);
                case 7 -> {
                    if (random.nextInt(4) == 0) any(children, random).cancel("at random");
                    else scope.connect(any(sessions, random), any(sessions, random));
                }
                default -> {
                    if (random.nextInt(3) == 0) any(sessions, random).close();
                    else any(sessions, random).interrupt("at random");
                }
            }
        } catch (SkeinException e) {
            if (e.failure().code().equals("run.ended") && scope.sessions().isEmpty()) return;
            assertThat(e.failure().code())
                    .isIn(
                            "run.ended",
                            "run.canceled",
                            "missing.endpoint",
                            "limit.wait",
                            "test.none");
        }
    }

    private static AgentSession opened(Scope scope, SplittableRandom random, int index)
            throws InterruptedException {
        var session = scope.open("s" + index, ModelAgent.of("agent").withModel("script"));
        session.on(
                "tool",
                "A tool.",
                Nothing.class,
                _ -> scope.emit("used", random.split().nextInt()));
        return session;
    }

    private static <T> T any(List<T> all, SplittableRandom random) {
        if (all.isEmpty())
            throw new SkeinException(
                    new dev.skein.failure.RunFailure.Ended("nothing", "there is none yet", null));
        return all.get(random.nextInt(all.size()));
    }

    /** Calls a tool every other time, talks otherwise. */
    private static ScriptedModel talker() {
        var tool = ScriptedModel.call("tool", Map.of());
        var text = ScriptedModel.text("said");
        return always(call -> (call.messages().size() % 4 == 1 ? tool : text).answer(call));
    }

    @Test
    @Tag("WF-62")
    @Tag("WF-06")
    void whateverBeganHasEndedOnceAndNothingIsLeft() throws InterruptedException {
        long seed = Long.getLong("skein.seed", System.nanoTime());
        IO.println("seed " + seed);
        var random = new Random(seed);
        try (var journal = Journal.inMemory(InstantSource.system(), 2_000_000, 1L << 30)) {
            var config =
                    RuntimeConfig.defaults()
                            .withNamedModel("script", talker())
                            .withJournal(journal);
            List<Entry> entries;
            try (var runtime = AgentRuntime.open(config)) {
                var roots = new ArrayList<RunHandle<Integer>>();
                for (int i = 0; i < ROOTS; i++) {
                    roots.add(runtime.spawn("root", NODE, new Plan(random.nextLong(), 3)));
                    if (random.nextInt(3) == 0)
                        roots.get(random.nextInt(roots.size())).cancel("at random");
                }
                for (var root : roots) if (random.nextInt(4) == 0) root.stop("at random", LONG);
                for (var root : roots) assertThat(root.result()).isNotNull();
                assertThat(runtime.roots()).isEmpty();
                entries = all(journal);
            }
            check(entries);
        }
        assertThat(
                        Thread.getAllStackTraces().keySet().stream()
                                .map(Thread::getName)
                                .filter(name -> name.startsWith("skein:")))
                .isEmpty();
    }

    private static List<Entry> all(Journal journal) throws InterruptedException {
        var entries = new ArrayList<Entry>();
        try (var reader = journal.read(Cursor.start())) {
            while (reader.position() < journal.last())
                reader.next(Duration.ZERO).ifPresent(entries::add);
        }
        return entries;
    }

    private static void check(List<Entry> entries) {
        var open = new HashSet<String>();
        var ended = new HashSet<String>();
        var parents = new HashMap<String, String>();
        var states = new HashMap<String, SessionState>();
        for (var entry : entries) {
            var run = entry.origin().run();
            assertThat(ended.contains(run)).as("after the end of its run: " + entry).isFalse();
            var parent = entry.origin().parent();
            switch (entry.event()) {
                case RunEvent.RunSubmitted _ -> {
                    open.add(run);
                    if (parent != null) {
                        assertThat(ended.contains(parent))
                                .as("a child of a run that ended: " + entry)
                                .isFalse();
                        parents.put(run, parent);
                    }
                }
                case RunEvent.RunEnded _ -> {
                    assertThat(open.remove(run)).isTrue();
                    ended.add(run);
                }
                case SessionEvent.SessionOpened _ -> states.put(key(entry), SessionState.STARTING);
                case SessionEvent.SessionChanged(var from, var to, _) -> {
                    assertThat(states.put(key(entry), to)).isEqualTo(from);
                    assertThat(from.mayBecome(to)).isTrue();
                }
                default -> {}
            }
        }
        assertThat(open).isEmpty();
        assertThat(parents.values()).isSubsetOf(ended);
        assertThat(states.values()).containsOnly(SessionState.ENDED);
    }

    private static @Nullable String key(Entry entry) {
        return entry.origin().run() + entry.origin().path();
    }
}
