package dev.skein.failure;

import java.time.Duration;

/** A tool call did not succeed. */
public sealed interface ToolFailure extends Failure {

    /** The tool said no, or threw. */
    record Failed(String tool, String problem) implements ToolFailure {
        @Override
        public String code() {
            return "tool.failed";
        }

        @Override
        public String message() {
            return Words.message("Tool '" + tool + "' failed: " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Correct the arguments, or do without it.");
        }
    }

    /** The tool took too long; unless it is {@code retryable}, its effect may have happened. */
    record Timeout(String tool, Duration limit, boolean retryable) implements ToolFailure {
        @Override
        public String code() {
            return "tool.timeout";
        }

        @Override
        public String message() {
            return Words.message(
                    "Tool '"
                            + tool
                            + "' did not return in "
                            + Words.time(limit)
                            + (retryable ? "" : "; it may have happened"));
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    retryable
                            ? "Try again, or with less work."
                            : "Check whether it happened before it is tried again.");
        }
    }

    /** The tool or its source is down. */
    record Unavailable(String tool, String problem, boolean retryable) implements ToolFailure {
        @Override
        public String code() {
            return "tool.unavailable";
        }

        @Override
        public String message() {
            return Words.message("'" + tool + "' is not available: " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Start what offers it, or do without it.");
        }
    }

    /** A call that may have happened before a crash. */
    record UnknownOutcome(String tool, String key) implements ToolFailure {
        @Override
        public String code() {
            return "tool.unknown_outcome";
        }

        @Override
        public String message() {
            return Words.message(
                    "'" + tool + "' may have happened before the crash (key " + key + ")");
        }

        @Override
        public String remedy() {
            return Words.remedy("Check by that key, then fork or submit again.");
        }
    }
}
