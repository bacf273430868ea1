package dev.skein.models.wire;

import dev.skein.http.Request;
import java.net.URI;
import java.util.Map;

/** Where requests go, what proves who sends them, and what it means when they go wrong. */
public interface Target {
    Faults faults();

    /** A request with that body. May have to wait for the proof. */
    Request request(byte[] body, boolean streamed) throws InterruptedException;

    /** One address, and headers that are always the same. */
    record Fixed(URI uri, Map<String, String> headers, Faults faults) implements Target {
        @Override
        public Request request(byte[] body, boolean streamed) {
            return Request.post(uri, headers, body);
        }

        /** Never the headers: one of them is the key. */
        @Override
        public String toString() {
            return "Target[" + uri.getHost() + "]";
        }
    }
}
