package dev.skein.home;

import dev.skein.json.JsonType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run.json} says of a root run.
 *
 * @param name of the workflow or the agent
 * @param path the name that this run has
 * @param summary what the workflow says of itself; may be empty
 */
public record RunCard(
        String id,
        String name,
        String path,
        Host host,
        Instant startedAt,
        Standing standing,
        String summary) {
    /** Of a run whose program died before the run had ended. */
    public static final String LOST = "lost";

    private static final FlatForm<RunCard> FORM =
            new FlatForm<>(
                    JsonType.of(RunCard.class),
                    Map.of(
                            "host",
                            List.of("program", "pid", "runtime", "version"),
                            "standing",
                            List.of("status", "endedAt")));

    /**
     * What the run runs in.
     *
     * @param runtime the runtime's id
     */
    public record Host(String program, long pid, String runtime, String version) {}

    /**
     * How far it has come.
     *
     * @param status a {@code RunStatus} in lower case, or {@link #LOST}
     * @param endedAt null: it has not ended, or nobody saw it
     */
    public record Standing(String status, @Nullable Instant endedAt) {
        /** True if nothing will happen any more. */
        public boolean over() {
            return switch (status) {
                case "submitted", "working", "input_required" -> false;
                default -> true;
            };
        }
    }

    public RunCard withStanding(Standing standing) {
        return new RunCard(id, name, path, host, startedAt, standing, summary);
    }

    void write(Path file) throws IOException {
        FORM.write(file, this);
    }

    /** Empty if there is no such file, or none of this form. */
    static Optional<RunCard> read(Path file) throws IOException {
        return FORM.read(file);
    }
}
