package dev.skein.cli;

import java.time.Duration;

/** How long something has lasted, in the two greatest units. */
record Age(Duration time) {
    @Override
    public String toString() {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) return seconds + "s";
        if (seconds < 3600) return seconds / 60 + "m";
        if (seconds < 86_400) return two(seconds / 3600, "h", seconds % 3600 / 60, "m");
        return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    private static String two(long great, String unit, long small, String smallUnit) {
        return great + unit + (small == 0 ? "" : " " + small + smallUnit);
    }
}
