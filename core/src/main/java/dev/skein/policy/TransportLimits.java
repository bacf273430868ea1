package dev.skein.policy;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Bounds of the exchanges with model providers and other servers over HTTP. The total time of an
 * exchange is not here: it is the deadline of the run.
 *
 * @param connect time for name look-up, connection, proxy and TLS together; default 10 s
 * @param firstByte from the request to the first byte of the reply; default 120 s
 * @param idle between two bytes of a reply, comments of a stream included; default 60 s
 * @param reach which addresses may be asked at all; default all
 */
public record TransportLimits(
        Duration connect,
        Duration firstByte,
        Duration idle,
        Sizes sizes,
        Connections connections,
        Reach reach) {

    /** Refuses, with all findings in one failure, times that are not positive. */
    public TransportLimits {
        var findings = new ArrayList<String>();
        positive("connect", connect, findings);
        positive("firstByte", firstByte, findings);
        positive("idle", idle, findings);
        refuse(findings);
    }

    /**
     * How many bytes are accepted. What is larger ends the exchange.
     *
     * @param head status line and headers; default 64 KiB
     * @param body a reply that is read as a whole; default 32 MiB
     * @param stream all of a reply that is read in pieces; default 64 MiB
     * @param event one event or line of a stream; default 4 MiB
     */
    public record Sizes(int head, int body, long stream, int event) {
        /** Refuses, with all findings in one failure, sizes that are not positive. */
        public Sizes {
            var findings = new ArrayList<String>();
            positive("sizes.head", head, findings);
            positive("sizes.body", body, findings);
            positive("sizes.stream", stream, findings);
            positive("sizes.event", event, findings);
            refuse(findings);
        }

        /** 64 KiB, 32 MiB, 64 MiB, 4 MiB. */
        public static Sizes defaults() {
            return new Sizes(64 << 10, 32 << 20, 64L << 20, 4 << 20);
        }

        /** The same with another limit for status line and headers. */
        public Sizes withHead(int bytes) {
            return new Sizes(bytes, body, stream, event);
        }

        /** The same with another limit for a whole reply. */
        public Sizes withBody(int bytes) {
            return new Sizes(head, bytes, stream, event);
        }

        /** The same with another limit for all of a stream. */
        public Sizes withStream(long bytes) {
            return new Sizes(head, body, bytes, event);
        }

        /** The same with another limit for one event. */
        public Sizes withEvent(int bytes) {
            return new Sizes(head, body, stream, bytes);
        }
    }

    /**
     * How many connections there may be to one origin, that is scheme, host and port. Each costs
     * about 6 KiB and an open file. The standard numbers serve ten thousand calls at once, and the
     * next ten thousand over the same connections; they leave the system room among the some 28,000
     * ports that it has for one origin.
     *
     * @param open in use and resting together; who needs one more waits; never more than three
     *     quarters of the files that the process may have open; default 16,384
     * @param resting kept open for the next exchange; default 16,384, that is all
     * @param keep how long one rests before it is closed; default 30 s
     */
    public record Connections(int open, int resting, Duration keep) {
        /** Refuses, with all findings in one failure, what is not positive. */
        public Connections {
            var findings = new ArrayList<String>();
            positive("connections.open", open, findings);
            if (resting < 0) {
                findings.add("connections.resting must not be negative, was " + resting);
            }
            positive("connections.keep", keep, findings);
            refuse(findings);
        }

        /** 16,384, 16,384, 30 s. */
        public static Connections defaults() {
            return new Connections(16_384, 16_384, Duration.ofSeconds(30));
        }

        /** The same with another number of open connections. */
        public Connections withOpen(int count) {
            return new Connections(count, resting, keep);
        }

        /** The same with another number of resting connections. */
        public Connections withResting(int count) {
            return new Connections(open, count, keep);
        }

        /** The same with another time to rest. */
        public Connections withKeep(Duration time) {
            return new Connections(open, resting, time);
        }
    }

    /** Every limit at its default. */
    public static TransportLimits defaults() {
        return new TransportLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(120),
                Duration.ofSeconds(60),
                Sizes.defaults(),
                Connections.defaults(),
                Reach.OPEN);
    }

    /** The same with another time to connect. */
    public TransportLimits withConnect(Duration limit) {
        return new TransportLimits(limit, firstByte, idle, sizes, connections, reach);
    }

    /** The same with another time to the first byte. */
    public TransportLimits withFirstByte(Duration limit) {
        return new TransportLimits(connect, limit, idle, sizes, connections, reach);
    }

    /** The same with another time between two bytes. */
    public TransportLimits withIdle(Duration limit) {
        return new TransportLimits(connect, firstByte, limit, sizes, connections, reach);
    }

    /** The same with other sizes. */
    public TransportLimits withSizes(Sizes limits) {
        return new TransportLimits(connect, firstByte, idle, limits, connections, reach);
    }

    /** The same with other numbers of connections. */
    public TransportLimits withConnections(Connections limits) {
        return new TransportLimits(connect, firstByte, idle, sizes, limits, reach);
    }

    /** The same with another reach. */
    public TransportLimits withReach(Reach far) {
        return new TransportLimits(connect, firstByte, idle, sizes, connections, far);
    }

    private static void positive(String name, Duration value, List<String> findings) {
        // A limit of more than a year is a mistake, and keeps sums of nanoseconds far from
        // overflow.
        if (!value.isPositive() || value.compareTo(Duration.ofDays(366)) > 0) {
            findings.add(name + " must be positive and at most a year, was " + value);
        }
    }

    private static void positive(String name, long value, List<String> findings) {
        if (value < 1) {
            findings.add(name + " must be at least 1, was " + value);
        }
    }

    private static void refuse(List<String> findings) {
        if (!findings.isEmpty()) {
            throw new SkeinException(new Invalid.Config(findings));
        }
    }
}
