package dev.skein.runtime;

import dev.skein.agent.RunResult;
import dev.skein.failure.Failure;
import dev.skein.policy.RestartPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One child as its supervisor knows it; touched by the supervisor's thread only. */
final class Minding {
    private final Supervisor.Child child;
    private @Nullable LiveHandle<?> handle;
    private @Nullable RunResult<?> last;
    private @Nullable Failure previous;
    private int attempt;
    private int failures;
    private long started;
    private @Nullable Long due;
    private boolean stopped;

    Minding(Supervisor.Child child) {
        this.child = child;
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

    /** An operator took it down; only an operator brings it back. */
    boolean stopped() {
        return stopped;
    }

    @Nullable RunResult<?> last() {
        return last;
    }

    int attempt() {
        return attempt;
    }

    LiveRun.Circumstances next() {
        return new LiveRun.Circumstances(attempt + 1, previous, null);
    }

    void began(LiveHandle<?> handle, long now) {
        this.handle = handle;
        this.started = now;
        this.due = null;
        this.stopped = false;
        attempt++;
    }

    void ended(RunResult<?> result) {
        handle = null;
        last = result;
        if (result instanceof RunResult.Failed<?>(var failure, _)) previous = failure;
    }

    /** It could not even begin. */
    void failed(Failure failure) {
        handle = null;
        due = null;
        previous = failure;
        attempt++;
    }

    void stopped(boolean yes) {
        stopped = yes;
        due = null;
    }

    void dueAt(long nanos) {
        due = nanos;
    }

    void notDue() {
        due = null;
    }

    /** In how long it will be started; null: nobody plans to. */
    @Nullable Duration startsIn(long now) {
        return due == null ? null : Duration.ofNanos(Math.max(0, due - now));
    }

    @Nullable Failure previous() {
        return previous;
    }

    /** Counts a failure; one after a long life is the first again. */
    int failures(long now) {
        boolean healthy = now - started >= child.policy().healthyAfter().toNanos();
        failures = healthy ? 1 : failures + 1;
        return failures;
    }
}
