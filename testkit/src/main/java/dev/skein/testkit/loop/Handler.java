package dev.skein.testkit.loop;

/** Answers requests on the loop's thread; it must not block. */
@FunctionalInterface
public interface Handler {
    /**
     * The answer to this request. The request is a view of the connection's buffer: it is valid
     * during this call only.
     */
    Answer answer(HttpRequest request);
}
