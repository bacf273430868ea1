package dev.skein.failure;

import java.time.Duration;

/** An outside agent did not play its part. */
public sealed interface HarnessFailure extends Failure {

    /** It did not start. */
    record Start(String agent, String problem) implements HarnessFailure {
        @Override
        public String code() {
            return "harness.start";
        }

        @Override
        public String message() {
            return Words.message(agent + " did not start: " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Run the shown command by hand.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** Its program ended. */
    record Exited(String agent, String problem) implements HarnessFailure {
        @Override
        public String code() {
            return "harness.exited";
        }

        @Override
        public String message() {
            return Words.message(agent + " ended: " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("See its log; run the shown command by hand.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** It is not heard any more. */
    record LinkLost(String agent, Duration silence) implements HarnessFailure {
        @Override
        public String code() {
            return "harness.link_lost";
        }

        @Override
        public String message() {
            return Words.message("No word from " + agent + " for " + Words.time(silence));
        }

        @Override
        public String remedy() {
            return Words.remedy("Check the machine and the network.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The program is absent, or of a wrong version. */
    record Missing(String program, String problem) implements HarnessFailure {
        @Override
        public String code() {
            return "harness.missing";
        }

        @Override
        public String message() {
            return Words.message(program + " " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Install " + program + ", or a version that is supported.");
        }
    }

    /** It broke the protocol. */
    record Misbehaved(String agent, String problem) implements HarnessFailure {
        @Override
        public String code() {
            return "harness.misbehaved";
        }

        @Override
        public String message() {
            return Words.message(agent + " misbehaved: " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Update its program; see its log.");
        }
    }
}
