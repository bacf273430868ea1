package dev.skein.checks.link;

import dev.skein.harnesses.link.LinkHarness;
import java.nio.file.Path;

/** Starts {@link PlayedProgram}. */
final class PlayedHarness {
    private PlayedHarness() {}

    static LinkHarness standard() {
        return stumbling(0);
    }

    /** Its connection breaks after each so many things that it says. */
    static LinkHarness stumbling(int each) {
        return LinkHarness.of(
                        "played",
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlayedProgram.class.getName(),
                        Integer.toString(each))
                .withLimits(StandIn.FAST);
    }
}
