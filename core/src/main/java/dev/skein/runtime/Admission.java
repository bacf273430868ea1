package dev.skein.runtime;

import dev.skein.failure.Failure;
import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import dev.skein.name.NameRule;
import dev.skein.policy.Amounts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Whether a run may begin: depth, then cycle, then budget, then the cap on spawns. What is refused
 * counts for nothing.
 */
record Admission(LiveRun<?> run) {
    /** No chain of runs, however they were asked for, is longer. */
    private static final int LONGEST_CHAIN = 32;

    private static final int MOST_RETURNS = 2;

    /**
     * Of a workflow's run below that one: it is refused before there is anything of it.
     *
     * @throws SkeinException with {@code limit.budget}
     */
    static void workflow(LiveRun<?> parent) {
        parent.account().reserve(Amounts.ofSpawn());
        parent.account().settle(Amounts.ofSpawn(), Amounts.ofSpawn());
    }

    Optional<Failure> refusal() {
        try {
            checkDepth();
            checkCycle();
            takeSpawn();
            return Optional.empty();
        } catch (SkeinException e) {
            return Optional.of(e.failure());
        }
    }

    private void checkDepth() {
        if (run.parent() == null && !run.birth().askedByModel()) return;
        var tree = run.engine().config().policies().tree();
        int asked = (int) chain().stream().filter(one -> one.birth().askedByModel()).count();
        if (asked > tree.depth()) throw refused(new Limit.Depth(run.name(), tree.depth()));
        if (run.depth() >= LONGEST_CHAIN) throw refused(new Limit.Depth(run.name(), LONGEST_CHAIN));
    }

    /**
     * The same agent with the same task above, or more returns to agents that already stand above
     * than a tree may have.
     */
    private void checkCycle() {
        if (run.engine().config().policies().tree().cycles() || !run.birth().askedByModel()) return;
        var above = chain().subList(1, chain().size());
        boolean same =
                above.stream()
                        .anyMatch(one ->
                                sameAgent(one)
                                        && one.target().input().equals(run.target().input()));
        if (same || returns() > MOST_RETURNS)
            throw refused(
                    new Limit.Cycle(
                            run.name(),
                            chain().reversed().stream().map(one -> one.name()).toList()));
    }

    /** How many runs of the chain are of an agent that already stands above them. */
    private int returns() {
        var above = new HashSet<String>();
        int returns = 0;
        for (var one : chain().reversed()) if (!above.add(NameRule.key(one.name()))) returns++;
        return returns;
    }

    private void takeSpawn() {
        var parent = run.parent();
        if (parent == null || run.desk() != null) return;
        parent.account().reserve(Amounts.ofSpawn());
        parent.account().settle(Amounts.ofSpawn(), Amounts.ofSpawn());
        if (run.birth().askedByModel()) run.engine().spawns().take(run);
    }

    private boolean sameAgent(LiveRun<?> other) {
        return other.name().equalsIgnoreCase(run.name());
    }

    /** From this run up to its root. */
    private List<LiveRun<?>> chain() {
        var chain = new ArrayList<LiveRun<?>>();
        for (LiveRun<?> one = run; one != null; one = one.parent()) chain.add(one);
        return chain;
    }

    private static SkeinException refused(Failure failure) {
        return new SkeinException(failure);
    }
}
