package dev.skein.failure;

import java.time.Duration;
import java.util.List;

/** A bound was reached. */
public sealed interface Limit extends Failure {

    /** All turns were used without an answer. */
    record Turns(String agent, int turns) implements Limit {
        @Override
        public String code() {
            return "limit.turns";
        }

        @Override
        public String message() {
            return Words.message("'" + agent + "' used its " + turns + " turns without an answer");
        }

        @Override
        public String remedy() {
            return Words.remedy("Raise maxTurns; see the last calls in partial work.");
        }
    }

    /** The run's time is over. */
    record Deadline(String what, Duration limit, Duration elapsed) implements Limit {
        @Override
        public String code() {
            return "limit.deadline";
        }

        @Override
        public String message() {
            return Words.message(
                    Words.time(limit)
                            + " of "
                            + what
                            + " passed (after "
                            + Words.time(elapsed)
                            + ")");
        }

        @Override
        public String remedy() {
            return Words.remedy("Raise the deadline, or split the task.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The caller's time is over; what was waited for goes on. */
    record Wait(String what, Duration limit) implements Limit {
        @Override
        public String code() {
            return "limit.wait";
        }

        @Override
        public String message() {
            return Words.message("No outcome of " + what + " after " + Words.time(limit));
        }

        @Override
        public String remedy() {
            return Words.remedy("Raise the limit, or look at it with: skein logs");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** An agent that does nothing and does not finish. */
    record Idle(String agent, String detail) implements Limit {
        @Override
        public String code() {
            return "limit.idle";
        }

        @Override
        public String message() {
            return Words.message("'" + agent + "' is idle: " + detail);
        }

        @Override
        public String remedy() {
            return Words.remedy("Say in the instructions when to finish.");
        }
    }

    /** An agent that repeats itself without progress. */
    record Livelock(String agent, String detail) implements Limit {
        @Override
        public String code() {
            return "limit.livelock";
        }

        @Override
        public String message() {
            return Words.message("'" + agent + "' makes no progress: " + detail);
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    "Improve the instructions or the tools; see the repeated calls in partial work.");
        }
    }

    /** It asks, or waits for, one of its own ancestors. */
    record Cycle(String name, List<String> chain) implements Limit {
        public Cycle {
            chain = List.copyOf(chain);
        }

        @Override
        public String code() {
            return "limit.cycle";
        }

        @Override
        public String message() {
            return Words.message(
                    "'" + name + "' is already in the chain " + String.join(" → ", chain));
        }

        @Override
        public String remedy() {
            return Words.remedy("Ask something else, or answer instead of asking.");
        }
    }

    /** Too many runs inside one another. */
    record Depth(String what, int limit) implements Limit {
        @Override
        public String code() {
            return "limit.depth";
        }

        @Override
        public String message() {
            return Words.message("'" + what + "' would be deeper than " + limit + " runs");
        }

        @Override
        public String remedy() {
            return Words.remedy("Flatten the work, or raise the limit in code.");
        }
    }

    /** Too many children or descendants. */
    record Spawns(String what, int limit) implements Limit {
        @Override
        public String code() {
            return "limit.spawns";
        }

        @Override
        public String message() {
            return Words.message(limit + " of " + limit + " " + what + " were started");
        }

        @Override
        public String remedy() {
            return Words.remedy("Start fewer, or raise the limit in code.");
        }
    }

    /** A loop of a graph that has no rounds left. */
    record Rounds(String loop, int rounds) implements Limit {
        @Override
        public String code() {
            return "limit.rounds";
        }

        @Override
        public String message() {
            return Words.message("Loop " + loop + " ran " + rounds + " of " + rounds + " rounds");
        }

        @Override
        public String remedy() {
            return Words.remedy("Raise its rounds, or take the last result.");
        }
    }

    /** An account that cannot pay. */
    record Budget(String account, String needed, String limit, String settled, String reserved)
            implements Limit {
        @Override
        public String code() {
            return "limit.budget";
        }

        @Override
        public String message() {
            return Words.message(
                    "Account "
                            + account
                            + ": "
                            + needed
                            + " needed; limit "
                            + limit
                            + ", settled "
                            + settled
                            + ", reserved "
                            + reserved);
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    "Raise the budget, or shrink the task. A model call sets aside all that it may"
                            + " answer, 4,096 tokens or more unless its maxTokens says less.");
        }
    }

    /** The fixed part alone exceeds the window; sizes in tokens. */
    record Context(long instructions, long schemas, long lastMessage, long available)
            implements Limit {
        @Override
        public String code() {
            return "limit.context";
        }

        @Override
        public String message() {
            return Words.message(
                    "Instructions "
                            + Words.count(instructions)
                            + " + schemas "
                            + Words.count(schemas)
                            + " + last message "
                            + Words.count(lastMessage)
                            + " exceed "
                            + Words.count(available)
                            + " tokens");
        }

        @Override
        public String remedy() {
            return Words.remedy("Shorten it, or use a model with a larger window.");
        }
    }

    /** Too big; a unit of {@code bytes} is shown in KiB and MiB. */
    record Size(String what, long actual, long limit, String unit, String remedy) implements Limit {
        public Size {
            remedy = Words.remedy(remedy);
        }

        @Override
        public String code() {
            return "limit.size";
        }

        @Override
        public String message() {
            return Words.message(
                    what
                            + " has "
                            + Words.amount(actual, unit)
                            + "; the limit is "
                            + Words.amount(limit, unit));
        }
    }

    /** A queue or server that is full. */
    record Load(String what, long waiting) implements Limit {
        @Override
        public String code() {
            return "limit.load";
        }

        @Override
        public String message() {
            return Words.message(Words.count(waiting) + " " + what);
        }

        @Override
        public String remedy() {
            return Words.remedy("Try again later, or send slower.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }
}
