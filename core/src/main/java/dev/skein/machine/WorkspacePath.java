package dev.skein.machine;

import dev.skein.failure.MachineFailure;
import dev.skein.failure.SkeinException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as they are given to a machine. */
final class WorkspacePath {
    private static final int MOST_BYTES = 1024;

    private WorkspacePath() {}

    /** Relative to the workspace; empty: the workspace itself. */
    static Path of(Path workspace, String path) {
        try {
            int bytes = path.getBytes(StandardCharsets.UTF_8).length;
            var place = workspace.resolve(Path.of(path)).normalize();
            if (bytes >= 1 && bytes <= MOST_BYTES && place.startsWith(workspace))
                return workspace.relativize(place);
        } catch (InvalidPathException e) {
            throw new SkeinException(new MachineFailure.Path(path), e);
        }
        throw new SkeinException(new MachineFailure.Path(path));
    }
}
