package dev.skein.server;

import dev.skein.failure.Failure;
import dev.skein.json.FailureJson;
import dev.skein.json.Json;
import java.io.IOException;
import java.util.Map;

/** What a route answers. */
sealed interface Reply {
    /** One JSON value. */
    record Value(int status, Map<String, String> headers, Json body) implements Reply {}

    /** JSON values, one a line, as they come. */
    record Lines(Body body) implements Reply {}

    /** Writes the lines; the head of the reply has been sent before. */
    @FunctionalInterface
    interface Body {
        void write(Sink sink) throws IOException, InterruptedException;
    }

    /** Where lines go. */
    interface Sink {
        /** Takes a line; it is sent with the next {@link #flush()} at the latest. */
        void line(Json value) throws IOException;

        /** Sends what is in hand; blocks while the client does not read. */
        void flush() throws IOException;
    }

    static Reply of(Json body) {
        return new Value(200, Map.of(), body);
    }

    static Reply failed(Failure failure) {
        return failed(Statuses.of(failure), failure);
    }

    static Reply failed(int status, Failure failure) {
        return failed(status, Map.of(), failure);
    }

    static Reply failed(int status, Map<String, String> headers, Failure failure) {
        return new Value(status, headers, Json.object("failure", FailureJson.encode(failure)));
    }
}
