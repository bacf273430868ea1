package dev.skein.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The folder of a root run. It is named by the run's id.
 *
 * @param path where it is
 */
public record RunFolder(Path path) {
    /** Makes the folder of a run. */
    public static RunFolder make(Path runs, String id) throws IOException {
        return new RunFolder(PrivateFiles.folder(runs.resolve(id)));
    }

    /** The run's id. */
    public String id() {
        return path.getFileName().toString();
    }

    /** What {@code run.json} says; empty if there is none that can be read. */
    public Optional<RunCard> card() throws IOException {
        return RunCard.read(file());
    }

    /** Puts the card in the place of the one that is there. */
    public void write(RunCard card) throws IOException {
        card.write(file());
    }

    /**
     * Notes that the run's program died.
     *
     * @return false if it had ended before
     */
    boolean lose() throws IOException {
        var card = card();
        if (card.isEmpty() || card.get().standing().over()) return false;
        write(card.get().withStanding(new RunCard.Standing(RunCard.LOST, null)));
        return true;
    }

    /** When the run was over; empty as long as it may live. */
    Optional<Instant> over() throws IOException {
        var card = card();
        // Without a card it is no run, or none that ever began.
        if (card.isEmpty()) return Optional.of(Files.getLastModifiedTime(path).toInstant());
        var standing = card.get().standing();
        if (!standing.over()) return Optional.empty();
        var ended = standing.endedAt();
        return Optional.of(ended == null ? card.get().startedAt() : ended);
    }

    private Path file() {
        return path.resolve("run.json");
    }
}
