package dev.skein.models.wire;

import dev.skein.http.ReplyStream;
import dev.skein.http.ServerEvent;
import dev.skein.http.TransportException;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a provider frames the answers that it streams.
 *
 * @param type how their content type begins
 * @param open reads a body that has just begun
 */
public record Streaming(String type, Function<ReplyStream, Events> open) {
    /** As most do. */
    static final Streaming SERVER_EVENTS =
            new Streaming("text/event-stream", stream -> new SpokenEvents(stream.events()));

    /** The events of one answer. */
    @FunctionalInterface
    public interface Events {
        /**
         * Hands over, as one text, what the next events say that are known to say nothing but a
         * piece of text, and passes over them. Blocks until it is certain whether the next is one
         * of them; of those behind it, it takes what is there.
         */
        default void repeated() throws TransportException, InterruptedException {}

        /** The event handed out last was this; others may be known by it. */
        default void learn(Heard.Piece piece) {}

        /** The next event; empty at the end of the body. Blocks until it is there. */
        Optional<ServerEvent> next() throws TransportException, InterruptedException;
    }
}
