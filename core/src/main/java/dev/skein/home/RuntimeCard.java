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
 * What {@code runtime.json} says of a runtime.
 *
 * @param id 8 characters; the name of its folder
 * @param program the file or the class that was started
 * @param socket where its control socket is; null: it has none
 * @param http where its HTTP listener is; null: it has none
 */
public record RuntimeCard(
        String id,
        ProcessId process,
        String program,
        String version,
        @Nullable String socket,
        @Nullable String http,
        Instant startedAt) {
    private static final FlatForm<RuntimeCard> FORM =
            new FlatForm<>(
                    JsonType.of(RuntimeCard.class), Map.of("process", List.of("pid", "start")));

    public RuntimeCard withSocket(@Nullable String socket) {
        return new RuntimeCard(id, process, program, version, socket, http, startedAt);
    }

    public RuntimeCard withHttp(@Nullable String http) {
        return new RuntimeCard(id, process, program, version, socket, http, startedAt);
    }

    void write(Path file) throws IOException {
        FORM.write(file, this);
    }

    /** Empty if there is no such file, or none of this form. */
    static Optional<RuntimeCard> read(Path file) throws IOException {
        return FORM.read(file);
    }
}
