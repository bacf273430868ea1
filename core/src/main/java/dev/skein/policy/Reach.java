package dev.skein.policy;

import java.util.Locale;

/**
 * How far network connections may go. What is out of reach is refused before its name is looked up.
 */
public enum Reach {
    /** Anywhere. */
    OPEN,
    /** Only this computer: {@code localhost}, 127.0.0.0/8 and ::1, as they are written. */
    LOOPBACK,
    /** Nowhere, not even to this computer. */
    NONE;

    /** Whether a connection to that host is allowed; an IPv6 address may stand in brackets. */
    public boolean allows(String host) {
        return switch (this) {
            case OPEN -> true;
            case LOOPBACK -> isLoopback(host);
            case NONE -> false;
        };
    }

    /**
     * Whether a host is this computer by the way it is written. Looks no name up, and so says no to
     * a name that only resolves to it.
     */
    public static boolean isLoopback(String host) {
        return switch (host.toLowerCase(Locale.ROOT)) {
            case "localhost", "::1", "[::1]" -> true;
            case String other -> isLoopback(other.split("\\.", -1));
        };
    }

    private static boolean isLoopback(String[] parts) {
        if (parts.length != 4 || !parts[0].equals("127")) {
            return false;
        }
        for (var part : parts) {
            if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}
