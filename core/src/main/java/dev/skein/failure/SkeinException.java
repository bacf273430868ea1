package dev.skein.failure;

/** The product's only exception: the envelope of a {@link Failure} on its way through code. */
public final class SkeinException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    /** Wraps a failure that has no exception behind it. */
    public SkeinException(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    /** Wraps a failure and keeps the exception that led to it. */
    public SkeinException(Failure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /** What happened. */
    public Failure failure() {
        return failure;
    }
}
