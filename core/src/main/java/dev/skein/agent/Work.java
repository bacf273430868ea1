package dev.skein.agent;

import dev.skein.failure.Failure;
import dev.skein.model.Usage;
import java.time.Duration;
import java.util.List;

/**
 * What a run did, however it ended; all zero for a rejected one.
 *
 * @param usage of the run and all its descendants
 * @param model the last model that was asked; empty if none was
 * @param suppressed what failed while the run was cleaned up, which changed nothing of how it ended
 */
public record Work(
        String runId,
        Usage usage,
        int turns,
        Duration took,
        String model,
        Partial partial,
        List<Failure> suppressed) {
    public Work {
        suppressed = List.copyOf(suppressed);
    }

    public static Work none(String runId) {
        return new Work(runId, Usage.none(), 0, Duration.ZERO, "", Partial.none(), List.of());
    }
}
