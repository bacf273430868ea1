package dev.skein.view;

import dev.skein.event.Archive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The files of runs as what readers of the journal fall back on.
 *
 * @param folder of the folders of runs
 */
record RunArchive(Path folder, Written progress) implements Archive {
    @Override
    public boolean await(long seq, Duration limit) throws InterruptedException {
        return progress.await(seq, limit);
    }

    @Override
    public long written() {
        return progress.seq();
    }

    @Override
    public Optional<Recording> open(String root) {
        var run = folder.resolve(root);
        return Files.isDirectory(run) ? Optional.of(new RunRecording(run)) : Optional.empty();
    }
}
