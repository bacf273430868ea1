package dev.skein.harnesses.link;

import dev.skein.harness.Report;
import dev.skein.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an agent sends. */
sealed interface Up {
    /**
     * The first of a connection.
     *
     * @param lastSeq the number of the last frame of ours that it has applied
     * @param program its name and version, for people
     * @param seen notes that are in the conversation that it goes on with
     */
    record Hello(
            String agent,
            long epoch,
            Proof proof,
            long lastSeq,
            String program,
            List<String> seen,
            @Nullable String conversation)
            implements Up {
        public Hello {
            seen = List.copyOf(seen);
        }
    }

    /**
     * That it is who it says.
     *
     * @param first it is the secret of its start, not the key that it was given for it
     */
    record Proof(boolean first, String value) {
        /** Not what it is. */
        @Override
        public String toString() {
            return first ? "secret" : "key";
        }
    }

    /** Applied once, in the order of the numbers. */
    sealed interface Numbered extends Up {
        long number();
    }

    /** It can be told something. */
    record Ready(long number, @Nullable String conversation) implements Numbered {}

    /** What it did; nothing if this version does not know it. */
    record Told(long number, List<Report> reports) implements Numbered {
        public Told {
            reports = List.copyOf(reports);
        }
    }

    record Said(Report.Delta delta) implements Up {}

    /** It has applied all of ours up to that number. */
    record Ack(long seq) implements Up {}

    record Ping(Json id) implements Up {}

    /** Nothing that matters here. */
    record Skipped() implements Up {}
}
