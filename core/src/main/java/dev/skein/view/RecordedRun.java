package dev.skein.view;

import dev.skein.event.Entry;
import dev.skein.event.Ref;
import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import dev.skein.home.RunCard;
import dev.skein.home.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A root run as its files have it: for what is shown of runs that have ended. For one thread. What
 * cannot be read is {@code store.damaged}; a last line that was not written whole is passed over.
 */
public final class RecordedRun {
    private final Path folder;
    private final RecordedTexts texts;

    RecordedRun(Path folder) {
        this.folder = folder;
        this.texts = new RecordedTexts(new Blobs(folder.resolve(RootFiles.BLOBS)));
    }

    /** Hands over the entries that are left, in their order. */
    public void forEach(Consumer<? super Entry> entries) {
        try {
            for (var file : files()) read(file, entries);
        } catch (IOException e) {
            throw new SkeinException(damaged("cannot be read: " + e), e);
        }
    }

    /**
     * What a reference in the entry that was handed over last refers to; of earlier ones as long as
     * they are remembered.
     */
    public Optional<String> content(Ref ref) {
        return texts.content(ref);
    }

    /** The run and all below it; empty if no entry is left. */
    public Optional<RunPicture> picture() {
        var picture = overview().picture();
        return isLost() ? picture.map(RunPicture::asLost) : picture;
    }

    /**
     * Writes {@code STATUS.md} anew from the other files: after a run was found to be lost.
     *
     * @throws SkeinException with {@code store.damaged} if they cannot be read, or it not written
     */
    public void rewriteStatus() {
        try {
            var card = card();
            if (card.isEmpty()) return;
            var host = card.get().host();
            var program =
                    new RunFiles.Program(
                            host.program(), host.pid(), host.runtime(), host.version(), _ -> "");
            RootFiles.writePage(folder, overview(), program, card.get());
        } catch (IOException e) {
            throw new SkeinException(damaged("takes no new STATUS.md: " + e), e);
        }
    }

    private RunOverview overview() {
        var overview = new RunOverview(this::content);
        forEach(overview::see);
        return overview;
    }

    private boolean isLost() {
        try {
            return card().map(card -> card.standing().status().equals(RunCard.LOST)).orElse(false);
        } catch (IOException e) {
            throw new SkeinException(damaged("cannot be read: " + e), e);
        }
    }

    private Optional<RunCard> card() throws IOException {
        return new RunFolder(folder).card();
    }

    private void read(Path file, Consumer<? super Entry> entries) throws IOException {
        int number = 0;
        try (var lines = new WholeLines(file)) {
            for (var line = lines.next(); line != null; line = lines.next()) {
                number++;
                entries.accept(entry(line, file, number));
            }
        }
    }

    private Entry entry(byte[] line, Path file, int number) throws IOException {
        try {
            return texts.entry(line);
        } catch (SkeinException e) {
            var where = file.getFileName() + ", line " + number;
            throw new SkeinException(damaged(where + ": " + e.failure().message()), e);
        }
    }

    /** The rolled ones, oldest first, and the one that was written last. */
    private List<Path> files() throws IOException {
        var current = folder.resolve(RootFiles.EVENTS);
        var files = new ArrayList<Path>();
        for (int number : LogFile.rolledIn(folder, 0)) files.add(LogFile.numbered(current, number));
        if (Files.exists(current)) files.add(current);
        return files;
    }

    private StoreFailure.Damaged damaged(String problem) {
        return new StoreFailure.Damaged("Run folder " + folder, problem);
    }
}
