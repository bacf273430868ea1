package dev.skein.view;

import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.Journal;
import dev.skein.event.Ref;
import dev.skein.event.RunEvent;
import dev.skein.event.RunStatus;
import dev.skein.home.PrivateFiles;
import dev.skein.home.RunCard;
import dev.skein.home.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of one root run. For the writer's thread alone. */
final class RootFiles {
    static final String EVENTS = "events" + LogFile.SUFFIX;
    static final String STATUS = "STATUS.md";
    static final String BLOBS = "blobs";

    private final Journal journal;
    private final RunFiles.Program program;
    private final FileLimits limits;
    private final RunFolder folder;
    private final Blobs blobs;
    private final EntryLine lines;
    private final LogFile events;
    private final SessionLogs sessions;
    private final RunOverview overview;
    private final Pace pace;
    private final ArrayDeque<LogFile.Rolled> rolled = new ArrayDeque<>();
    private RunCard card;
    private long bytes;
    private boolean full;
    private boolean lost;
    private RunEvent.@Nullable RunEnded ended;

    private RootFiles(RunFiles.Place place, Entry first, RunFolder folder) {
        journal = place.journal();
        program = place.program();
        limits = place.limits();
        this.folder = folder;
        blobs = new Blobs(folder.path().resolve(BLOBS));
        lines = new EntryLine(this::content, blobs, limits);
        events = new LogFile(folder.path().resolve(EVENTS), limits.file());
        sessions = new SessionLogs(folder.path().resolve("sessions"), limits.file());
        overview = new RunOverview(this::content);
        pace = new Pace(place.time().nanos());
        var origin = first.origin();
        card =
                new RunCard(
                        origin.run(),
                        origin.agent(),
                        origin.path(),
                        new RunCard.Host(
                                program.name(),
                                program.pid(),
                                program.runtime(),
                                program.version()),
                        first.at(),
                        new RunCard.Standing("submitted", null),
                        program.summaryOf().apply(origin.run()));
    }

    /** Makes the folder of the root whose first entry that is. */
    static RootFiles make(RunFiles.Place place, Entry first) throws IOException {
        var files =
                new RootFiles(place, first, RunFolder.make(place.folder(), first.origin().run()));
        files.folder.write(files.card);
        return files;
    }

    String id() {
        return card.id();
    }

    /** Collects what is to be written of an entry. */
    void take(Entry entry, long now) throws IOException {
        boolean changed = overview.change(entry);
        long before = blobs.written();
        var line = lines.bytes(entry);
        bytes += blobs.written() - before + line.length;
        note(events.add(line));
        if (!full && sessions.takes(entry)) {
            note(sessions.add(entry, line));
            bytes += line.length;
        }
        makeRoom();
        if (entry.event() instanceof RunEvent.RunEnded end
                && entry.origin().run().equals(card.id())) {
            ended = end;
            card =
                    card.withStanding(
                            new RunCard.Standing(word(end.outcome().status()), entry.at()));
        }
        if (!(entry.event() instanceof Event.Gap)) pace.want(changed, now);
    }

    /** Its end is gone, and with it how it ended. */
    void lose() {
        lost = true;
        card = card.withStanding(new RunCard.Standing(RunCard.LOST, null));
    }

    /** Nothing will come any more. */
    boolean over() {
        return lost || ended != null;
    }

    /** True as long as the page is not what it should be. */
    boolean owes() {
        return pace.wanted();
    }

    long left(long now) {
        return pace.left(now);
    }

    /** Writes what was collected; the page if it is due, if the run is over, or if it must be. */
    void flush(long now, boolean all) throws IOException {
        events.flush();
        sessions.flush();
        if (ended != null) end(ended);
        else if (lost) write(card);
        else if (!card.standing().status().equals(word(overview.status())))
            write(card.withStanding(new RunCard.Standing(word(overview.status()), null)));
        if (pace.wanted() && (all || over() || pace.left(now) <= 0)) {
            writePage(folder.path(), overview, program, card);
            pace.written(now);
        }
    }

    static void writePage(Path folder, RunOverview overview, RunFiles.Program program, RunCard card)
            throws IOException {
        var picture = overview.picture();
        if (picture.isEmpty()) return;
        boolean lost = card.standing().status().equals(RunCard.LOST);
        var page =
                StatusPage.of(
                        lost ? picture.get().asLost() : picture.get(), program, card.summary());
        PrivateFiles.replace(folder.resolve(STATUS), page.getBytes(StandardCharsets.UTF_8));
    }

    private void end(RunEvent.RunEnded end) throws IOException {
        var result = ResultJson.of(end, this::content);
        PrivateFiles.replace(folder.path().resolve("result.json"), result.toBytes());
        write(card);
    }

    private void write(RunCard changed) throws IOException {
        folder.write(changed);
        card = changed;
    }

    private void note(Optional<LogFile.Rolled> file) {
        file.ifPresent(rolled::add);
    }

    /** The oldest goes; when nothing of that kind is left, only the events themselves are kept. */
    private void makeRoom() throws IOException {
        while (bytes > limits.run()) {
            var oldest = rolled.poll();
            if (oldest == null) {
                full = true;
                return;
            }
            Files.deleteIfExists(oldest.path());
            bytes -= oldest.bytes();
        }
    }

    private Optional<String> content(Ref ref) {
        return full ? Optional.empty() : journal.content(ref);
    }

    private static String word(RunStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
