package dev.skein.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * A runtime as its folder shows it.
 *
 * @param alive its process holds its lock
 */
public record FoundRuntime(Path folder, RuntimeCard card, boolean alive) {
    private static final long NOBODY = 0;

    static FoundRuntime of(Path folder) throws IOException {
        var card =
                RuntimeCard.read(folder.resolve(RuntimeFolder.CARD))
                        .orElseGet(() -> unknown(folder));
        return new FoundRuntime(folder, card, isAlive(folder, card));
    }

    public String id() {
        return folder.getFileName().toString();
    }

    /** It is removing its folder right now. */
    boolean vanishing() {
        return alive && card.process().pid() == NOBODY;
    }

    /** One that was removing its folder, and perhaps died over it. */
    private static RuntimeCard unknown(Path folder) {
        return new RuntimeCard(
                folder.getFileName().toString(),
                new ProcessId(NOBODY, ""),
                "",
                "",
                null,
                null,
                Instant.EPOCH);
    }

    private static boolean isAlive(Path folder, RuntimeCard card) throws IOException {
        // The system forgets a process's lock as soon as the process closes that file anywhere: our
        // own must not be tried.
        if (card.process().equals(ProcessId.current())) return true;
        try (var channel =
                FileChannel.open(folder.resolve(RuntimeFolder.LOCK), StandardOpenOption.READ)) {
            // Shared, so that two who look at the same time do not take each other for the runtime.
            return channel.tryLock(0, Long.MAX_VALUE, true) == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
