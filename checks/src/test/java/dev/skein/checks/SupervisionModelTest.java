package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.checks.OtpModel.End;
import dev.skein.checks.OtpModel.Rules;
import dev.skein.checks.OtpModel.Spec;
import dev.skein.checks.OtpModel.Ward;
import dev.skein.event.EventReader;
import dev.skein.policy.Backoff;
import dev.skein.policy.RestartPolicy;
import dev.skein.policy.RestartPolicy.Kind;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Supervisor;
import dev.skein.runtime.Supervisor.AutoShutdown;
import dev.skein.runtime.Supervisor.Child;
import dev.skein.runtime.Supervisor.Strategy;
import dev.skein.runtime.Supervisor.Work;
import dev.skein.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random trees of supervisors do, start by start and stop by stop, what Erlang/OTP's would. */
@Tag("WF-75")
class SupervisionModelTest {
    private static final int TREES = 500;
    private static final int DEEPEST = 3;
    private static final int MOST_EVENTS = 14;
    private static final Duration LONG = Duration.ofSeconds(30);

    static List<Long> seeds() {
        long given = Long.getLong("skein.seed", 0);
        return given == 0 ? List.of(1L, 2L, 3L, System.nanoTime()) : List.of(given);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomTreesStartAndStopAsInErlang(long seed) throws InterruptedException {
        var random = new SplittableRandom(seed);
        var clock = ManualClock.at(Instant.EPOCH);
        try (var runtime = AgentRuntime.open(RuntimeConfig.defaults().withClock(clock))) {
            for (int tree = 0; tree < TREES; tree++) {
                var name = "seed %d tree %d".formatted(seed, tree);
                new Tree(random.split(), clock, name).grow(runtime);
            }
        }
    }

    /** One tree: the model of it, and the real one. */
    private static final class Tree {
        private final SplittableRandom random;
        private final ManualClock clock;
        private final String name;
        private final OtpModel model = new OtpModel();
        private final Wards wards = new Wards();
        private final List<String> script = new ArrayList<>();
        private int ids;

        Tree(SplittableRandom random, ManualClock clock, String name) {
            this.random = random;
            this.clock = clock;
            this.name = name;
        }

        void grow(AgentRuntime runtime) throws InterruptedException {
            var root = new Ward(spec(1), null);
            var handle = runtime.spawn(root.spec.id(), supervisor(root.spec), null);
            script.add(root.spec.toString());
            try (var reader = handle.treeEvents(0)) {
                model.start(root);
                compare(reader);
                settle(root, handle);
                for (int i = 0; i < MOST_EVENTS && root.alive; i++) {
                    happens(root, handle);
                    compare(reader);
                    settle(root, handle);
                }
                if (root.alive) {
                    script.add("cancel all");
                    handle.cancel("enough");
                    model.stop(root);
                    compare(reader);
                }
                handle.stop("over", LONG);
                assertThat(Wards.rest(reader)).as("%s %s", name, script).isEmpty();
            }
        }

        private Spec spec(int depth) {
            boolean inner = depth < DEEPEST && random.nextInt(3) == 0;
            var rules = depth == 1 || inner ? rules(depth) : null;
            var id = (rules == null ? "w" : "s") + ++ids;
            var kind = one(Kind.PERMANENT, Kind.TRANSIENT, Kind.TRANSIENT, Kind.TEMPORARY);
            boolean significant = kind != Kind.PERMANENT && random.nextInt(3) == 0;
            return new Spec(id, kind, significant, rules);
        }

        private Rules rules(int depth) {
            var children =
                    Stream.generate(() -> spec(depth + 1)).limit(1 + random.nextInt(4)).toList();
            return new Rules(
                    one(Strategy.values()),
                    random.nextInt(4),
                    Duration.ofSeconds(10).toNanos(),
                    one(AutoShutdown.values()),
                    children);
        }

        @SafeVarargs
        private <T> T one(T... choices) {
            return choices[random.nextInt(choices.length)];
        }

        private Supervisor supervisor(Spec spec) {
            var rules = rules(spec);
            var children = rules.children().stream().map(this::child).toList();
            return new Supervisor(
                    rules.strategy(),
                    rules.intensity(),
                    Duration.ofNanos(rules.period()),
                    rules.shutdown(),
                    children);
        }

        private Child child(Spec spec) {
            var policy =
                    switch (spec.restart()) {
                        case PERMANENT -> RestartPolicy.permanent();
                        case TRANSIENT -> RestartPolicy.transientChild();
                        case TEMPORARY -> RestartPolicy.temporary();
                    };
            var work = spec.rules() == null ? Work.of(wards.work()) : Work.of(supervisor(spec));
            return Child.of(spec.id(), work, policy.withBackoff(Backoff.none()))
                    .withReadyWithin(LONG)
                    .withSignificant(spec.significant());
        }

        /** One thing happens, in the model and in the tree. */
        private void happens(Ward root, RunHandle<?> handle) throws InterruptedException {
            var all = all(root).toList();
            var process = one(all.stream().filter(one -> one != root).toArray(Ward[]::new));
            var above = process.above;
            if (above == null || !above.alive) return;
            int dice = random.nextInt(100);
            if (!process.alive) {
                if (process.spec.restart() != Kind.TEMPORARY) restart(process, above, handle);
            } else if (dice < 8) terminate(process, above, handle);
            else if (dice < 16) cancel(process, handle);
            else if (dice < 26) pass(Duration.ofSeconds(dice - 16L));
            else if (process.spec.rules() == null) end(process, dice < 45);
        }

        private void restart(Ward process, Ward above, RunHandle<?> handle)
                throws InterruptedException {
            script.add("restart " + process.path);
            Wards.at(handle, above.path)
                    .call("restart_child", Map.of("id", process.spec.id()), String.class);
            model.start(process);
        }

        private void terminate(Ward process, Ward above, RunHandle<?> handle)
                throws InterruptedException {
            script.add("terminate " + process.path);
            Wards.at(handle, above.path)
                    .call("stop_child", Map.of("id", process.spec.id()), String.class);
            model.terminate(process);
        }

        private void cancel(Ward process, RunHandle<?> handle) {
            script.add("cancel " + process.path);
            Wards.at(handle, process.path).cancel("somebody wants it");
            model.ends(process, End.CANCELED);
        }

        private void pass(Duration time) {
            script.add("time passes: " + time);
            clock.advance(time);
            model.now += time.toNanos();
        }

        private void end(Ward worker, boolean well) {
            script.add((well ? "completes " : "fails ") + worker.path);
            if (well) wards.complete(worker.path);
            else wards.fail(worker.path);
            model.ends(worker, well ? End.COMPLETED : End.FAILED);
        }

        private void compare(EventReader reader) throws InterruptedException {
            var expected = List.copyOf(model.trace);
            model.trace.clear();
            assertThat(Wards.next(reader, expected.size()))
                    .as("%s %s", name, script)
                    .isEqualTo(expected);
        }

        /** Waits until every supervisor knows of its children what the model knows. */
        private void settle(Ward process, RunHandle<?> handle) throws InterruptedException {
            if (!process.alive || process.spec.rules() == null) return;
            for (var child : process.below) settle(child, handle);
            var expected =
                    process.below.stream()
                            .filter(child -> child.alive)
                            .map(child -> child.spec.id())
                            .toList();
            long until = System.nanoTime() + LONG.toNanos();
            var seen = running(Wards.at(handle, process.path));
            while (!seen.equals(expected) && System.nanoTime() < until)
                seen = running(Wards.at(handle, process.path));
            assertThat(seen).as("%s %s of %s", name, script, process.path).isEqualTo(expected);
        }

        private static List<String> running(RunHandle<?> supervisor) throws InterruptedException {
            return Wards.children(supervisor).stream()
                    .filter(row -> row.state().equals("running"))
                    .map(Wards.Row::id)
                    .toList();
        }

        private static Stream<Ward> all(Ward process) {
            return Stream.concat(Stream.of(process), process.below.stream().flatMap(Tree::all));
        }

        private static Rules rules(Spec spec) {
            var rules = spec.rules();
            if (rules == null) throw new IllegalStateException(spec.id() + " is a worker");
            return rules;
        }
    }
}
