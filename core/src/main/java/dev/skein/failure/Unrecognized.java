package dev.skein.failure;

/**
 * A failure of a newer version: its code or its facts are not known here.
 *
 * @param json the text it came in, kept so that it travels on unchanged
 */
public record Unrecognized(
        String code, String message, String remedy, boolean retryable, String json)
        implements Failure {
    /** Cuts message and remedy to their limits. */
    public Unrecognized {
        message = Words.message(message);
        remedy = Words.remedy(remedy);
    }
}
