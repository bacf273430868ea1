package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.policy.RestartPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workflow that starts children in order, starts them again when they end as their policies say,
 * and gives up when that happens too often. The semantics are those of Erlang/OTP's supervisor.
 *
 * <p>A cancel is never a reason to start a child again. Where siblings go with a child, those that
 * have ended or were taken down are started too, but for temporary ones and those made from a
 * template.
 *
 * <p>It exposes {@code children}, {@code restart_child}, {@code stop_child} and, for a template,
 * {@code start_child}. It completes with each child's last result when no child is left to run.
 *
 * @param maxRestarts more than so many in {@code period} and it fails with {@code run.escalated}; 3
 * @param period 5 minutes
 * @see <a href="https://www.erlang.org/doc/system/sup_princ.html">Supervisor behaviour, Erlang</a>
 */
public record Supervisor(
        Strategy strategy,
        int maxRestarts,
        Duration period,
        AutoShutdown autoShutdown,
        List<Child> children)
        implements Workflow<@Nullable Void, Map<String, RunResult<?>>> {
    /** Who is started again with a child. */
    public enum Strategy {
        /** Nobody else. */
        ONE_FOR_ONE,
        /** All. */
        ONE_FOR_ALL,
        /** Those that were started after it. */
        REST_FOR_ONE
    }

    /** When the end of significant children ends the supervisor. */
    public enum AutoShutdown {
        NEVER,
        ANY_SIGNIFICANT,
        ALL_SIGNIFICANT
    }

    /**
     * One child.
     *
     * @param readyWithin how long it may take until it said {@code ready}, waits for its outcome,
     *     or ended; null: it is started as soon as it runs
     */
    public record Child(
            String id,
            Work work,
            RestartPolicy policy,
            @Nullable Duration readyWithin,
            boolean significant) {
        public static Child of(String id, Work work, RestartPolicy policy) {
            return new Child(id, work, policy, null, false);
        }

        public Child withReadyWithin(Duration readyWithin) {
            return new Child(id, work, policy, readyWithin, significant);
        }

        public Child withSignificant(boolean significant) {
            return new Child(id, work, policy, readyWithin, significant);
        }
    }

    /** What a child does. */
    public sealed interface Work {
        record OfWorkflow(Workflow<@Nullable Void, ?> workflow) implements Work {}

        record OfAgent(Agent<?> agent, Task task) implements Work {}

        /** Made on demand, once per {@code start_child}, with its input. */
        record Template(Workflow<?, ?> workflow, Class<?> input) implements Work {}

        static Work of(Workflow<@Nullable Void, ?> workflow) {
            return new OfWorkflow(workflow);
        }

        static Work of(Agent<?> agent, Task task) {
            return new OfAgent(agent, task);
        }

        static <I> Work template(Workflow<I, ?> workflow, Class<I> input) {
            return new Template(workflow, input);
        }
    }

    public Supervisor {
        children = List.copyOf(children);
        Supervising.check(maxRestarts, period, children);
    }

    /** 3 restarts in 5 minutes; ends when no child is left to run. */
    public static Supervisor of(Strategy strategy) {
        return new Supervisor(strategy, 3, Duration.ofMinutes(5), AutoShutdown.NEVER, List.of());
    }

    public Supervisor child(String id, Workflow<@Nullable Void, ?> work, RestartPolicy policy) {
        return child(Child.of(id, Work.of(work), policy));
    }

    /** One more child, started after the others. */
    public Supervisor child(Child child) {
        var more = new ArrayList<>(children);
        more.add(child);
        return new Supervisor(strategy, maxRestarts, period, autoShutdown, more);
    }

    public Supervisor intensity(int maxRestarts, Duration period) {
        return new Supervisor(strategy, maxRestarts, period, autoShutdown, children);
    }

    public Supervisor withAutoShutdown(AutoShutdown autoShutdown) {
        return new Supervisor(strategy, maxRestarts, period, autoShutdown, children);
    }

    @Override
    public Map<String, RunResult<?>> run(Scope scope, @Nullable Void input)
            throws InterruptedException {
        return new Supervising(this, scope).run();
    }

    @Override
    public String name() {
        return "supervisor";
    }
}
