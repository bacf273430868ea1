package dev.skein.policy;

import java.time.Duration;

/**
 * Bounds of exchanges with providers.
 *
 * @param connect until a connection stands; 10 s
 * @param firstByte from the request to the first byte of the answer; 120 s
 * @param idle between two bytes of an answer; 60 s
 * @param connections open at once, all origins together; 4,096
 * @param reach which addresses may be asked at all
 */
public record TransportLimits(
        Duration connect, Duration firstByte, Duration idle, int connections, Reach reach) {
    private static final TransportLimits STANDARD =
            new TransportLimits(
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(1),
                    4_096,
                    Reach.OPEN);

    /** Which addresses may be asked. */
    public enum Reach {
        OPEN,
        /** Only this machine; anything else is refused before its name is looked up. */
        LOOPBACK,
        NONE
    }

    public TransportLimits {
        if (!positive(connect) || !positive(firstByte) || !positive(idle))
            throw new IllegalArgumentException("the times of a transport are positive");
        if (connections < 1)
            throw new IllegalArgumentException(
                    "connections must be at least 1, was " + connections);
    }

    public static TransportLimits defaults() {
        return STANDARD;
    }

    public TransportLimits withConnect(Duration connect) {
        return new TransportLimits(connect, firstByte, idle, connections, reach);
    }

    public TransportLimits withFirstByte(Duration firstByte) {
        return new TransportLimits(connect, firstByte, idle, connections, reach);
    }

    public TransportLimits withIdle(Duration idle) {
        return new TransportLimits(connect, firstByte, idle, connections, reach);
    }

    public TransportLimits withConnections(int connections) {
        return new TransportLimits(connect, firstByte, idle, connections, reach);
    }

    public TransportLimits withReach(Reach reach) {
        return new TransportLimits(connect, firstByte, idle, connections, reach);
    }

    private static boolean positive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
