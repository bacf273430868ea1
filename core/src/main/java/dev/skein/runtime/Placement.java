package dev.skein.runtime;

import dev.skein.failure.Findings;
import dev.skein.harness.Harness;
import dev.skein.machine.Image;
import java.time.Duration;
import java.util.List;

/**
 * Where agents that think elsewhere are, and how many are started at once.
 *
 * @param harnesses found by {@link Harness#id}; the first of an id
 * @param images the first is the one of workflows that name none
 * @param parallelStarts how many agents may be between their start and their first word at once;
 *     the others wait in order; the number of processors, at least 2 and at most 8
 * @param linkGrace how long one that is not heard may be back as if nothing had been; 30 s
 */
public record Placement(
        List<Harness> harnesses, List<Image> images, int parallelStarts, Duration linkGrace) {
    private static final int MOST_STARTS = 1_000;

    public Placement {
        harnesses = List.copyOf(harnesses);
        images = List.copyOf(images);
        new Findings("placement")
                .check(
                        parallelStarts >= 1 && parallelStarts <= MOST_STARTS,
                        "parallelStarts must be 1 to 1,000, was %s",
                        parallelStarts)
                .check(linkGrace.isPositive(), "linkGrace must be positive, was %s", linkGrace)
                .orThrow();
    }

    static Placement standard() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Placement(List.of(), List.of(), Math.clamp(cores, 2, 8), Duration.ofSeconds(30));
    }

    public Placement withHarnesses(List<Harness> harnesses) {
        return new Placement(harnesses, images, parallelStarts, linkGrace);
    }

    public Placement withImages(List<Image> images) {
        return new Placement(harnesses, images, parallelStarts, linkGrace);
    }

    public Placement withParallelStarts(int parallelStarts) {
        return new Placement(harnesses, images, parallelStarts, linkGrace);
    }

    public Placement withLinkGrace(Duration linkGrace) {
        return new Placement(harnesses, images, parallelStarts, linkGrace);
    }
}
