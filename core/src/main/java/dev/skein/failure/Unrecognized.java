package dev.skein.failure;

/**
 * A failure whose code this version does not know.
 *
 * @param json the text it came in, kept so that it travels on unchanged
 */
public record Unrecognized(
        String code, String message, String remedy, boolean retryable, String json)
        implements Failure {}
