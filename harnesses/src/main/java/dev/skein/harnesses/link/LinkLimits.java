package dev.skein.harnesses.link;

import dev.skein.failure.Findings;
import java.time.Duration;

/**
 * What both sides of a link keep to.
 *
 * @param heartbeat who has said nothing for so long says that it is there; 5 s
 * @param silence a connection on which nothing came for so long is closed; 20 s
 * @param hello how long a new connection may be silent; 5 s
 * @param orphan after so long without a connection the agent is to end itself; 10 min
 * @param frames how many frames of the agent are taken a second; 50. What is more is read later
 * @param burst how many may come at once; 500
 */
public record LinkLimits(
        Duration heartbeat,
        Duration silence,
        Duration hello,
        Duration orphan,
        int frames,
        int burst) {

    public LinkLimits {
        new Findings("link limits")
                .check(heartbeat.isPositive(), "heartbeat must be positive, was %s", heartbeat)
                .check(
                        silence.compareTo(heartbeat) > 0,
                        "silence must be longer than heartbeat, was %s",
                        silence)
                .check(hello.isPositive(), "hello must be positive, was %s", hello)
                .check(orphan.isPositive(), "orphan must be positive, was %s", orphan)
                .check(frames >= 1, "frames must be at least 1, was %s", frames)
                .check(burst >= 1, "burst must be at least 1, was %s", burst)
                .orThrow();
    }

    public static LinkLimits standard() {
        return new LinkLimits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                50,
                500);
    }

    public LinkLimits withHeartbeat(Duration heartbeat) {
        return new LinkLimits(heartbeat, silence, hello, orphan, frames, burst);
    }

    public LinkLimits withSilence(Duration silence) {
        return new LinkLimits(heartbeat, silence, hello, orphan, frames, burst);
    }

    public LinkLimits withHello(Duration hello) {
        return new LinkLimits(heartbeat, silence, hello, orphan, frames, burst);
    }

    public LinkLimits withOrphan(Duration orphan) {
        return new LinkLimits(heartbeat, silence, hello, orphan, frames, burst);
    }

    public LinkLimits withFrames(int frames) {
        return new LinkLimits(heartbeat, silence, hello, orphan, frames, burst);
    }

    public LinkLimits withBurst(int burst) {
        return new LinkLimits(heartbeat, silence, hello, orphan, frames, burst);
    }
}
