package dev.skein.failure;

/** The runtime itself takes nothing. */
public sealed interface RuntimeFailure extends Failure {

    /** It was closed. */
    record Closed() implements RuntimeFailure {
        @Override
        public String code() {
            return "runtime.closed";
        }

        @Override
        public String message() {
            return Words.message("This runtime is closed");
        }

        @Override
        public String remedy() {
            return Words.remedy("Open another one.");
        }
    }

    /** It takes no new work and will end. */
    record Draining() implements RuntimeFailure {
        @Override
        public String code() {
            return "runtime.draining";
        }

        @Override
        public String message() {
            return Words.message("This runtime is stopping");
        }

        @Override
        public String remedy() {
            return Words.remedy("Send it to another instance, or try again later.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** A runtime elsewhere that does not answer. */
    record Unreachable(String runtime, String problem) implements RuntimeFailure {
        @Override
        public String code() {
            return "runtime.unreachable";
        }

        @Override
        public String message() {
            return Words.message(runtime + " does not answer: " + problem);
        }

        @Override
        public String remedy() {
            return Words.remedy("Check that it runs.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }
}
