package dev.skein.view;

import dev.skein.event.Archive;
import dev.skein.event.Journal;
import dev.skein.policy.Control;
import dev.skein.policy.Timekeeper;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Keeps a folder of files about each root run: {@code run.json}, {@code events.jsonl} with every
 * entry of the run and all below it, {@code sessions/<path>.jsonl}, {@code result.json} and {@code
 * STATUS.md}. They are private to their owner, and written by one thread that reads the journal; no
 * run ever waits for it. A file of lines is rolled at 64 MiB and a run keeps at most 1 GiB.
 *
 * <p>If the disk takes no more, the files stop, and that is logged once.
 */
public final class RunFiles implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.skein.files");

    private final RunFilesWriter writer;
    private final Archive archive;
    private final Thread thread;

    /**
     * What the runs run in.
     *
     * @param name the file or the class that was started
     * @param runtime the runtime's id
     * @param version of Skein
     * @param summaryOf what the workflow of a root run, by its id, says of itself; may be empty. Is
     *     asked once, before the root's first file is written
     */
    public record Program(
            String name,
            long pid,
            String runtime,
            String version,
            UnaryOperator<String> summaryOf) {}

    /**
     * What is written, and where.
     *
     * @param folder of the folders of runs; made when it is first needed
     * @param which of which roots files are kept
     */
    public record Setting(Path folder, Control.RunFiles which, Program program, Timekeeper time) {}

    /** All that the writer has to know. */
    record Place(Journal journal, Setting setting, FileLimits limits, System.Logger log) {
        Path folder() {
            return setting.folder();
        }

        Program program() {
            return setting.program();
        }

        Timekeeper time() {
            return setting.time();
        }
    }

    private RunFiles(RunFilesWriter writer, Archive archive) {
        this.writer = writer;
        this.archive = archive;
        thread = Thread.ofPlatform().daemon().name("skein-run-files").unstarted(writer);
    }

    /** Follows the journal from its first entry on, until it is closed or this is. */
    public static RunFiles start(Journal journal, Setting setting) {
        return start(new Place(journal, setting, FileLimits.standard(), LOG));
    }

    static RunFiles start(Place place) {
        var progress = new Written();
        var archive = new RunArchive(place.folder(), progress);
        var files = new RunFiles(new RunFilesWriter(place, progress), archive);
        if (place.setting().which() != Control.RunFiles.NONE) files.thread.start();
        return files;
    }

    /**
     * The files as what readers of the journal fall back on, also when this is closed. Not for
     * {@link Control.RunFiles#NONE}, of which it would wait for ever.
     */
    public Archive archive() {
        return archive;
    }

    /** What the files in the folder of a run hold, also while they are being written. */
    public static RecordedRun read(Path runFolder) {
        return new RecordedRun(runFolder);
    }

    /** Writes what has happened so far, waits for that and ends. Idempotent; not interrupted. */
    @Override
    public void close() {
        writer.end();
        // Wakes it from its wait for entries.
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
