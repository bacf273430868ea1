package dev.skein.models.wire;

import dev.skein.http.ServerEvent;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;

/** What a provider speaks: how requests are written and answers are read. Thread-safe. */
public interface Wire {
    /** How the provider is told what shape the answer must have. */
    OutputFormat format(JsonType<?> output);

    /** The body of a request. */
    byte[] request(ModelCall call, OutputFormat format, boolean streamed);

    /** How answers are streamed. */
    default Streaming streaming() {
        return Streaming.SERVER_EVENTS;
    }

    /** Something that reads one answer. */
    Reading reading(Asking asking, Gathering gathering);

    /** Reads one answer: a whole one, or events until the mark of the end. */
    interface Reading {
        /** A whole answer. */
        void whole(Json body);

        /** One event of a streamed answer. */
        Heard event(ServerEvent event);

        /** The answer, which has ended. */
        ModelReply answer();
    }
}
