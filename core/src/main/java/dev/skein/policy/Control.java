package dev.skein.policy;

import dev.skein.failure.Findings;
import java.time.Duration;
import java.util.List;

/**
 * How runs are seen and steered from outside, and the bounds of that. What is out of range is said
 * when a runtime is opened with it.
 *
 * @param runFiles of which roots files are kept; of workflows
 * @param retention how long files of ended runs are kept; 30 days and 5 GiB
 * @param requireControl true: a runtime without files and control socket does not open; false
 * @param endpointWait how long a call waits for an endpoint of a run that is not ready, positive,
 *     to 24 h; 30 s
 * @param peerRate messages and files a minute from one session to another, 1 to 10,000; 60
 * @param grace what runs have to end when the Java machine is told to, positive, to 24 h; 25 s
 */
public record Control(
        RunFiles runFiles,
        Retention retention,
        boolean requireControl,
        Duration endpointWait,
        int peerRate,
        Duration grace) {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration OLDEST = Duration.ofDays(36_500);
    private static final int MOST_A_MINUTE = 10_000;
    private static final Control STANDARD =
            new Control(
                    RunFiles.WORKFLOWS,
                    Retention.standard(),
                    false,
                    Duration.ofSeconds(30),
                    60,
                    Duration.ofSeconds(25));

    /** Of which root runs files are kept. */
    public enum RunFiles {
        /** Those that are workflows. */
        WORKFLOWS,
        /** Also those of agents. */
        ALL,
        /** None: entries that the journal keeps no longer are gone, and readers count them. */
        NONE
    }

    /**
     * How long the files of ended runs are kept; looked at when a runtime begins to keep files.
     *
     * @param age older ones go; 0 to 36,500 days
     * @param bytes beyond that much of all runs the oldest go; at least 0
     */
    public record Retention(Duration age, long bytes) {
        /** 30 days and 5 GiB. */
        public static Retention standard() {
            return new Retention(Duration.ofDays(30), 5L << 30);
        }
    }

    public static Control standard() {
        return STANDARD;
    }

    public Control withRunFiles(RunFiles runFiles) {
        return new Control(runFiles, retention, requireControl, endpointWait, peerRate, grace);
    }

    public Control withRetention(Retention retention) {
        return new Control(runFiles, retention, requireControl, endpointWait, peerRate, grace);
    }

    public Control withRequireControl(boolean requireControl) {
        return new Control(runFiles, retention, requireControl, endpointWait, peerRate, grace);
    }

    public Control withEndpointWait(Duration endpointWait) {
        return new Control(runFiles, retention, requireControl, endpointWait, peerRate, grace);
    }

    public Control withPeerRate(int peerRate) {
        return new Control(runFiles, retention, requireControl, endpointWait, peerRate, grace);
    }

    public Control withGrace(Duration grace) {
        return new Control(runFiles, retention, requireControl, endpointWait, peerRate, grace);
    }

    /** Whether there is something to do for it before the first workflow begins. */
    public boolean fromTheStart() {
        return requireControl || runFiles == RunFiles.ALL;
    }

    /** What is out of range, one sentence each. */
    public List<String> findings() {
        var age = retention.age();
        return new Findings("control")
                .check(
                        !age.isNegative() && age.compareTo(OLDEST) <= 0,
                        "stores.control.retention.age must be 0 to 36,500 days, was %s",
                        age)
                .check(
                        retention.bytes() >= 0,
                        "stores.control.retention.bytes must be at least 0, was %s",
                        retention.bytes())
                .check(
                        fits(endpointWait),
                        "stores.control.endpointWait must be positive and at most 24 h, was %s",
                        endpointWait)
                .check(
                        peerRate >= 1 && peerRate <= MOST_A_MINUTE,
                        "stores.control.peerRate must be 1 to 10,000 a minute, was %s",
                        peerRate)
                .check(
                        fits(grace),
                        "stores.control.grace must be positive and at most 24 h, was %s",
                        grace)
                .all();
    }

    private static boolean fits(Duration wait) {
        return wait.isPositive() && wait.compareTo(LONGEST) <= 0;
    }
}
