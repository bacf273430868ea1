package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.HarnessAgent;
import dev.skein.event.RunEvent;
import dev.skein.event.SessionEvent;
import dev.skein.event.SessionState;
import dev.skein.event.ToolEvent;
import dev.skein.policy.Backoff;
import dev.skein.policy.RestartPolicy;
import dev.skein.runtime.AgentSession;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Scope;
import dev.skein.testkit.ScriptedHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Agents that think elsewhere, do whatever they like and end whenever they like. */
@Timeout(300)
class HarnessStressTest {
    private static final int ROUNDS = 60;
    private static final String[] COMMANDS = {
        "say a", "call count", "begin count", "begin count\nagain", "begin stay\ncancel",
        "drop\nback", "drop\nbegin count\nback", "first exit 1", "first die", "move other",
        "note plan {}", "ask own.read {}", "tools", "call nobody", "call count {\"x\": 1}",
        "first drop\nfirst die", "later exit 2"
    };

    private record Nothing() {}

    private final ScriptedHarness harness = ScriptedHarness.standard();

    @Test
    @Tag("WF-42")
    @Tag("WF-62")
    void everythingIsSaidOnceAndNothingIsLeft() throws InterruptedException {
        long seed = Long.getLong("skein.seed", System.nanoTime());
        IO.println("seed " + seed);
        var random = new SplittableRandom(seed);
        var config = RuntimeConfig.defaults().withHarnesses(harness);
        var quick = config.withPlacement(config.placement().withLinkGrace(Duration.ofMillis(50)));
        for (int round = 0; round < ROUNDS; round++) {
            var served = new AtomicInteger();
            var each = random.split();
            var seen = Flows.run(quick, scope -> body(scope, each, served));
            check(seen, served.get());
        }
    }

    private static Object body(Scope scope, SplittableRandom random, AtomicInteger served)
            throws InterruptedException {
        var sessions = new ArrayList<AgentSession>();
        for (int i = 0; i < 3; i++) sessions.add(open(scope, "worker" + i, served));
        scope.connect(sessions.get(0), sessions.get(1));
        AgentSession.Sent last = null;
        for (int i = random.nextInt(12); i >= 0; i--) {
            var script = new StringBuilder();
            for (int j = random.nextInt(4); j >= 0; j--)
                script.append(COMMANDS[random.nextInt(COMMANDS.length)]).append('\n');
            var to = sessions.get(random.nextInt(sessions.size()));
            if (to.state().compareTo(SessionState.STOPPING) >= 0) continue;
            last = sent(to, script.toString());
            if (random.nextInt(6) == 0) to.interrupt("a moment");
            if (random.nextInt(12) == 0) to.close();
        }
        if (last != null && random.nextBoolean())
            last.await(AgentSession.Delivery.SEEN, Duration.ofMillis(20));
        return "left";
    }

    /** One that is lost for good, as it may be at any time, is told nothing more. */
    private static AgentSession.Sent sent(AgentSession to, String script) {
        try {
            return to.send(script);
        } catch (dev.skein.failure.SkeinException e) {
            assertThat(e.failure().code()).isIn("run.ended", "harness.exited", "harness.link_lost");
            return null;
        }
    }

    private static AgentSession open(Scope scope, String name, AtomicInteger served)
            throws InterruptedException {
        var policy = RestartPolicy.transientChild().withBackoff(Backoff.none());
        var options = AgentSession.Options.standard().withIfLost(policy).withOptional(true);
        var session = scope.open(name, HarnessAgent.of(name, "scripted"), options);
        session.on("count", "Counts.", Nothing.class, _ -> served.incrementAndGet());
        session.on(
                "stay",
                "Stays.",
                Nothing.class,
                Flows.stuck(new java.util.concurrent.CountDownLatch(1)));
        return session;
    }

    private void check(Flows.Seen seen, int served) {
        assertThat(seen.result().orThrow()).isEqualTo("left");
        assertThat(seen.entries().getLast().event()).isInstanceOf(RunEvent.RunEnded.class);
        assertThat(seen.all(SessionEvent.SessionChanged.class))
                .filteredOn(change -> change.to() == SessionState.ENDED)
                .hasSize(3);
        assertThat(seen.all(SessionEvent.MessageSeen.class))
                .extracting(SessionEvent.MessageSeen::id)
                .doesNotHaveDuplicates();
        var ended = new ArrayList<String>();
        seen.all(SessionEvent.MessageSeen.class).forEach(one -> ended.add(one.id()));
        seen.all(SessionEvent.MessageDropped.class).forEach(one -> ended.add(one.id()));
        assertThat(ended)
                .containsExactlyInAnyOrderElementsOf(
                        seen.all(SessionEvent.MessageSent.class).stream()
                                .map(SessionEvent.MessageSent::id)
                                .toList());
        assertThat(seen.all(ToolEvent.ToolStarted.class))
                .filteredOn(one -> one.key().contains("/1/"))
                .extracting(ToolEvent.ToolStarted::key)
                .doesNotHaveDuplicates();
        assertThat(served).isLessThanOrEqualTo(seen.all(ToolEvent.ToolStarted.class).size());
        assertThat(harness.live()).isZero();
    }
}
