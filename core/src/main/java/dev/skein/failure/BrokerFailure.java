package dev.skein.failure;

import java.util.List;

/** Work could not travel. */
public sealed interface BrokerFailure extends Failure {

    /** The broker does not answer. */
    record Unavailable(String broker, String problem) implements BrokerFailure {
        @Override
        public String code() {
            return "broker.unavailable";
        }

        @Override
        public String message() {
            return Words.message(broker + " does not answer: " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Start it; tasks wait in the store.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** Nobody serves the agent. */
    record NoWorker(String agent, List<String> served) implements BrokerFailure {
        public NoWorker {
            served = List.copyOf(served);
        }

        @Override
        public String code() {
            return "broker.no_worker";
        }

        @Override
        public String message() {
            return Words.message("No worker serves '" + agent + "'; served: " + Words.list(served));
        }

        @Override
        public String remedy() {
            return Words.remedy("Start one: skein worker --agents " + agent);
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** An old version, a wrong topology, or missing rights. */
    record Unsuitable(String problem, String remedy) implements BrokerFailure {
        public Unsuitable {
            remedy = Words.remedy(remedy);
        }

        @Override
        public String code() {
            return "broker.unsuitable";
        }

        @Override
        public String message() {
            return Words.message(problem);
        }
    }

    /** Durability is required, and it has none. */
    record NotDurable(String broker, String problem, String remedy) implements BrokerFailure {
        public NotDurable {
            remedy = Words.remedy(remedy);
        }

        @Override
        public String code() {
            return "broker.not_durable";
        }

        @Override
        public String message() {
            return Words.message(broker + " " + problem);
        }
    }

    /** A task that killed its workers. */
    record Poison(String run, int grants, String last) implements BrokerFailure {
        @Override
        public String code() {
            return "broker.poison";
        }

        @Override
        public String message() {
            return Words.message(
                    "Run " + run + " ended " + grants + " grants without a result: " + last);
        }

        @Override
        public String remedy() {
            return Words.remedy("skein worker dead show " + run);
        }
    }
}
