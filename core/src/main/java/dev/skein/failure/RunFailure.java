package dev.skein.failure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run ended badly, or cannot go on. */
public sealed interface RunFailure extends Failure {

    /**
     * Our code or the user's threw; {@code what} is like {@code Interceptor 'Audit'}, {@code run}
     * is empty if it was in none.
     */
    record Threw(String what, String exception, String detail, String run) implements RunFailure {
        @Override
        public String code() {
            return "run.threw";
        }

        @Override
        public String message() {
            return Words.message(
                    what + " threw " + exception + (detail.isEmpty() ? "" : ": " + detail));
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    run.isEmpty()
                            ? "Fix it; --debug shows the stack."
                            : "Fix it; the stack is in the log of run " + run + ".");
        }
    }

    /** The workflow said so, with its label. */
    record Failed(String said, String label, boolean retryable) implements RunFailure {
        @Override
        public String code() {
            return "run.failed";
        }

        @Override
        public String message() {
            return Words.message(
                    "Failed" + (label.isEmpty() ? "" : " (" + label + ")") + ": " + said);
        }

        @Override
        public String remedy() {
            return Words.remedy("See what it says; the workflow decided so.");
        }
    }

    /** The agent or workflow gave up. */
    record GaveUp(String said) implements RunFailure {
        @Override
        public String code() {
            return "run.gave_up";
        }

        @Override
        public String message() {
            return Words.message("Gave up: " + said);
        }

        @Override
        public String remedy() {
            return Words.remedy("See its reason; change the task or its means.");
        }
    }

    /** Someone else canceled it. */
    record Canceled(String by, String reason) implements RunFailure {
        @Override
        public String code() {
            return "run.canceled";
        }

        @Override
        public String message() {
            return Words.message("Canceled by " + by + ": " + reason);
        }

        @Override
        public String remedy() {
            return Words.remedy("Start it again if it is still wanted.");
        }
    }

    /** It ended with one that it is linked to. */
    record Linked(String run, @Nullable Failure because) implements RunFailure {
        @Override
        public String code() {
            return "run.linked";
        }

        @Override
        public String message() {
            return Words.message("Linked run '" + run + "' failed" + Words.because(because));
        }

        @Override
        public String remedy() {
            return Words.remedy("Fix the cause there.");
        }

        @Override
        public Optional<Failure> cause() {
            return Optional.ofNullable(because);
        }
    }

    /**
     * The supervisor gave up on a child.
     *
     * @param times how often within that time something had to be started again, this one included
     * @param causes the last ones, at most 16, the newest last
     */
    record Escalated(String child, int times, Duration within, List<Failure> causes)
            implements RunFailure {
        public Escalated {
            causes = List.copyOf(causes);
        }

        @Override
        public String code() {
            return "run.escalated";
        }

        @Override
        public String message() {
            var often = times == 1 ? "" : " " + times + " times in " + Words.time(within);
            return Words.message("Child '" + child + "' failed" + often + Words.because(last()));
        }

        @Override
        public String remedy() {
            return Words.remedy("Fix the cause of the last failure.");
        }

        @Override
        public Optional<Failure> cause() {
            return Optional.ofNullable(last());
        }

        private @Nullable Failure last() {
            return causes.isEmpty() ? null : causes.getLast();
        }
    }

    /** An operation on what has ended. */
    record Ended(String what, String how, @Nullable Failure because) implements RunFailure {
        @Override
        public String code() {
            return "run.ended";
        }

        @Override
        public String message() {
            return Words.message("'" + what + "' has ended (" + how + ")");
        }

        @Override
        public String remedy() {
            return Words.remedy("Start it again, or supervise it.");
        }

        @Override
        public Optional<Failure> cause() {
            return Optional.ofNullable(because);
        }
    }

    /** The process died while it ran. */
    record Interrupted(String run, String detail) implements RunFailure {
        @Override
        public String code() {
            return "run.interrupted";
        }

        @Override
        public String message() {
            return Words.message("Run " + run + " was interrupted: " + detail);
        }

        @Override
        public String remedy() {
            return Words.remedy("Resume it, or run the task again.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** Replay does not match the journal, or a version is missing. */
    record Blocked(String problem, String remedy) implements RunFailure {
        public Blocked {
            remedy = Words.remedy(remedy);
        }

        @Override
        public String code() {
            return "run.blocked";
        }

        @Override
        public String message() {
            return Words.message(problem);
        }
    }

    /** Recovered again and again without progress. */
    record CrashLoop(String run, int times, String where) implements RunFailure {
        @Override
        public String code() {
            return "run.crash_loop";
        }

        @Override
        public String message() {
            return Words.message(
                    "Run " + run + " crashed the process " + times + " times at " + where);
        }

        @Override
        public String remedy() {
            return Words.remedy("See the dead letter; fix the cause; fork.");
        }
    }

    /** A node of a graph failed, as its cause says. */
    record NodeFailed(String node, String graph, @Nullable Failure because) implements RunFailure {
        @Override
        public String code() {
            return "run.node_failed";
        }

        @Override
        public String message() {
            return Words.message(
                    "Node '" + node + "' of graph '" + graph + "' failed" + Words.because(because));
        }

        @Override
        public String remedy() {
            return Words.remedy("See the cause, or say what follows a failure of the node.");
        }

        @Override
        public Optional<Failure> cause() {
            return Optional.ofNullable(because);
        }
    }

    /** A condition, mapper or join threw. */
    record EdgeFailed(String edge, String problem) implements RunFailure {
        @Override
        public String code() {
            return "run.edge_failed";
        }

        @Override
        public String message() {
            return Words.message("Edge " + edge + ": " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("It must accept every value that its source can give.");
        }
    }

    /** Every item failed; the cause is that of the first. */
    record AllFailed(String what, int count, @Nullable Failure because) implements RunFailure {
        @Override
        public String code() {
            return "run.all_failed";
        }

        @Override
        public String message() {
            return Words.message(
                    "All "
                            + Words.count(count)
                            + " items of "
                            + what
                            + " failed"
                            + Words.because(because));
        }

        @Override
        public String remedy() {
            return Words.remedy("See the log of the first one.");
        }

        @Override
        public Optional<Failure> cause() {
            return Optional.ofNullable(because);
        }
    }

    /** No leaf of the graph ran. */
    record NothingProduced(String graph, List<String> skipped) implements RunFailure {
        public NothingProduced {
            skipped = List.copyOf(skipped);
        }

        @Override
        public String code() {
            return "run.nothing_produced";
        }

        @Override
        public String message() {
            return Words.message(
                    "All leaves of '" + graph + "' were skipped: " + Words.list(skipped));
        }

        @Override
        public String remedy() {
            return Words.remedy("Add an edge without a condition.");
        }
    }
}
