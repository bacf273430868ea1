package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.failure.Failure;
import dev.skein.policy.RestartPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One child as its supervisor knows it; touched by the supervisor's thread only. */
final class Minding {
    private final Supervisor.Child child;
    private final boolean onDemand;
    private @Nullable LiveHandle<?> handle;
    private @Nullable RunResult<?> last;
    private @Nullable Failure lastFailure;
    private @Nullable Failure previous;
    private @Nullable Long place;
    private Supervising.Signal.@Nullable Due due;
    private int attempt;
    private int rung;
    private int steps;
    private long began;
    private boolean stopped;

    /**
     * @param onDemand made from a template
     */
    Minding(Supervisor.Child child, boolean onDemand) {
        this.child = child;
        this.onDemand = onDemand;
    }

    Supervisor.Child child() {
        return child;
    }

    String id() {
        return child.id();
    }

    RestartPolicy policy() {
        return child.policy();
    }

    boolean temporary() {
        return policy().kind() == RestartPolicy.Kind.TEMPORARY;
    }

    boolean onDemand() {
        return onDemand;
    }

    @Nullable LiveHandle<?> handle() {
        return handle;
    }

    boolean lives() {
        return handle != null;
    }

    /** Waits for its start. */
    boolean pending() {
        return due != null;
    }

    /** Runs, or will run without anybody's help. */
    boolean active() {
        return lives() || pending();
    }

    /** An operator took it down. */
    boolean stopped() {
        return stopped;
    }

    void stoppedByOperator() {
        stopped = true;
    }

    @Nullable RunResult<?> last() {
        return last;
    }

    /** Also of an attempt before the last. */
    @Nullable Failure lastFailure() {
        return lastFailure;
    }

    int attempt() {
        return attempt;
    }

    /** How its next run is made: in the place of the one before. */
    Circumstances next() {
        return new Circumstances(attempt + 1, previous, place, null, rung);
    }

    void starts(long now) {
        due = null;
        stopped = false;
        began = now;
    }

    void started(LiveHandle<?> handle) {
        this.handle = handle;
        this.place = handle.run().birth().order();
        attempt++;
    }

    void ended(RunResult<?> result) {
        if (handle != null) rung = handle.run().progress().rung();
        handle = null;
        last = result;
        previous = result instanceof RunResult.Failed<?>(var failure, _) ? failure : null;
        if (previous != null) lastFailure = previous;
    }

    /** It could not even begin. */
    void refused(Failure failure) {
        handle = null;
        attempt++;
        previous = failure;
        lastFailure = failure;
    }

    void due(Supervising.Signal.Due due) {
        this.due = due;
    }

    boolean isDue(Supervising.Signal.Due that) {
        return due != null && due.ticket() == that.ticket();
    }

    void notDue() {
        due = null;
    }

    /** In how long it will be started; null: nobody plans to. */
    @Nullable Duration startsIn(long now) {
        return due == null ? null : Duration.ofNanos(Math.max(0, due.at() - now));
    }

    /** Which restart in a row this is; one after a long life is the first again. */
    int step(long now) {
        boolean healthy = now - began >= policy().healthyAfter().toNanos();
        steps = healthy ? 1 : steps + 1;
        return steps;
    }
}
