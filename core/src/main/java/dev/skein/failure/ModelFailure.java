package dev.skein.failure;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model did not answer as it should. */
public sealed interface ModelFailure extends Failure {
    /** What failed behind it, usually the fallbacks that were tried. */
    @Nullable Failure because();

    @Override
    default Optional<Failure> cause() {
        return Optional.ofNullable(because());
    }

    /** The same failure with what failed behind it. */
    default ModelFailure withCause(Failure other) {
        return switch (this) {
            case NotConfigured f -> new NotConfigured(f.model(), f.problem(), f.remedy(), other);
            case Auth f -> new Auth(f.model(), f.status(), f.key(), other);
            case Quota f -> new Quota(f.model(), f.status(), f.detail(), other);
            case RateLimited f -> new RateLimited(f.model(), f.delay(), f.left(), other);
            case Overloaded f -> new Overloaded(f.model(), f.status(), f.detail(), other);
            case Unreachable f -> new Unreachable(f.model(), f.detail(), other);
            case Timeout f -> new Timeout(f.model(), f.phase(), f.limit(), other);
            case StreamBroken f -> new StreamBroken(f.model(), f.characters(), f.tries(), other);
            case BadRequest f -> new BadRequest(f.model(), f.detail(), other);
            case Refused f -> new Refused(f.model(), f.detail(), other);
            case BadReply f -> new BadReply(f.model(), f.detail(), other);
            case PriceUnknown f -> new PriceUnknown(f.model(), f.account(), other);
        };
    }

    /** No key, or a module that is absent. */
    record NotConfigured(String model, String problem, String remedy, @Nullable Failure because)
            implements ModelFailure {
        public NotConfigured {
            remedy = Words.remedy(remedy);
        }

        /** Without another failure behind it. */
        public NotConfigured(String model, String problem, String remedy) {
            this(model, problem, remedy, null);
        }

        @Override
        public String code() {
            return "model.not_configured";
        }

        @Override
        public String message() {
            return Words.message(model + " " + problem);
        }
    }

    /** The provider refused the key; {@code key} says where it came from, never what it is. */
    record Auth(String model, int status, String key, @Nullable Failure because)
            implements ModelFailure {
        /** Without another failure behind it. */
        public Auth(String model, int status, String key) {
            this(model, status, key, null);
        }

        @Override
        public String code() {
            return "model.auth";
        }

        @Override
        public String message() {
            return Words.message(model + " refused the key (" + status + ")");
        }

        @Override
        public String remedy() {
            return Words.remedy("Check " + key + "; not retried.");
        }
    }

    /** Quota or spend is used up. */
    record Quota(String model, int status, String detail, @Nullable Failure because)
            implements ModelFailure {
        /** Without another failure behind it. */
        public Quota(String model, int status, String detail) {
            this(model, status, detail, null);
        }

        @Override
        public String code() {
            return "model.quota";
        }

        @Override
        public String message() {
            return Words.message(
                    model + " says that the quota is used up (" + status + "): " + detail);
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    "Raise the quota at the provider, or use another model; not retried.");
        }
    }

    /** The provider asks to wait longer than the run has time. */
    record RateLimited(String model, Duration delay, Duration left, @Nullable Failure because)
            implements ModelFailure {
        /** Without another failure behind it. */
        public RateLimited(String model, Duration delay, Duration left) {
            this(model, delay, left, null);
        }

        @Override
        public String code() {
            return "model.rate_limited";
        }

        @Override
        public String message() {
            return Words.message(
                    model
                            + " asks to wait "
                            + Words.time(delay)
                            + "; "
                            + Words.time(left)
                            + " are left");
        }

        @Override
        public String remedy() {
            return Words.remedy(
                    "Add a fallback, raise the deadline, or try again in "
                            + Words.time(delay)
                            + ".");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The provider cannot answer now. */
    record Overloaded(String model, int status, String detail, @Nullable Failure because)
            implements ModelFailure {
        /** Without another failure behind it. */
        public Overloaded(String model, int status, String detail) {
            this(model, status, detail, null);
        }

        @Override
        public String code() {
            return "model.overloaded";
        }

        @Override
        public String message() {
            return Words.message(model + " is overloaded (" + status + "): " + detail);
        }

        @Override
        public String remedy() {
            return Words.remedy("Try again later, or add a fallback.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** No connection to the provider. */
    record Unreachable(String model, String detail, @Nullable Failure because)
            implements ModelFailure {
        /** Without another failure behind it. */
        public Unreachable(String model, String detail) {
            this(model, detail, null);
        }

        @Override
        public String code() {
            return "model.unreachable";
        }

        @Override
        public String message() {
            return Words.message(model + " cannot be reached: " + detail);
        }

        @Override
        public String remedy() {
            return Words.remedy("Check the network, the address and the proxy settings.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The provider was silent; {@code phase} is like {@code first byte}. */
    record Timeout(String model, String phase, Duration limit, @Nullable Failure because)
            implements ModelFailure {
        /** Without another failure behind it. */
        public Timeout(String model, String phase, Duration limit) {
            this(model, phase, limit, null);
        }

        @Override
        public String code() {
            return "model.timeout";
        }

        @Override
        public String message() {
            return Words.message(
                    model + " was silent for " + Words.time(limit) + " (" + phase + ")");
        }

        @Override
        public String remedy() {
            return Words.remedy("Try again, or add a fallback.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The answer ended without the provider's end mark. */
    record StreamBroken(String model, long characters, int tries, @Nullable Failure because)
            implements ModelFailure {
        /** Without another failure behind it. */
        public StreamBroken(String model, long characters, int tries) {
            this(model, characters, tries, null);
        }

        @Override
        public String code() {
            return "model.stream_broken";
        }

        @Override
        public String message() {
            return Words.message(
                    "The answer of "
                            + model
                            + " broke off after "
                            + Words.count(characters)
                            + " characters ("
                            + tries
                            + " tries)");
        }

        @Override
        public String remedy() {
            return Words.remedy("Try again; the text is in partial work.");
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The provider does not accept the request. */
    record BadRequest(String model, String detail, @Nullable Failure because)
            implements ModelFailure {
        /** Without another failure behind it. */
        public BadRequest(String model, String detail) {
            this(model, detail, null);
        }

        @Override
        public String code() {
            return "model.bad_request";
        }

        @Override
        public String message() {
            return Words.message(model + " did not accept the request: " + detail);
        }

        @Override
        public String remedy() {
            return Words.remedy("Correct the model name or its settings; not retried.");
        }
    }

    /** The model declined to answer. */
    record Refused(String model, String detail, @Nullable Failure because) implements ModelFailure {
        /** Without another failure behind it. */
        public Refused(String model, String detail) {
            this(model, detail, null);
        }

        @Override
        public String code() {
            return "model.refused";
        }

        @Override
        public String message() {
            return Words.message(model + " declined to answer: " + detail);
        }

        @Override
        public String remedy() {
            return Words.remedy("Change the task or the instructions.");
        }
    }

    /** A reply that makes no sense. */
    record BadReply(String model, String detail, @Nullable Failure because)
            implements ModelFailure {
        /** Without another failure behind it. */
        public BadReply(String model, String detail) {
            this(model, detail, null);
        }

        @Override
        public String code() {
            return "model.bad_reply";
        }

        @Override
        public String message() {
            return Words.message("The reply of " + model + " cannot be used: " + detail);
        }

        @Override
        public String remedy() {
            return Words.remedy("Try again, or use another model.");
        }
    }

    /** A money budget, and a model without a price. */
    record PriceUnknown(String model, String account, @Nullable Failure because)
            implements ModelFailure {
        /** Without another failure behind it. */
        public PriceUnknown(String model, String account) {
            this(model, account, null);
        }

        @Override
        public String code() {
            return "model.price_unknown";
        }

        @Override
        public String message() {
            return Words.message(
                    "No price for " + model + ", and " + account + " has a money limit");
        }

        @Override
        public String remedy() {
            return Words.remedy("Add its price, or say what unpriced means.");
        }
    }
}
