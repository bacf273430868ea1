package dev.skein.view;

import static dev.skein.event.SessionState.ENDED;
import static dev.skein.event.SessionState.IDLE;
import static dev.skein.event.SessionState.WORKING;

import dev.skein.event.Cursor;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.home.RunCard;
import dev.skein.home.RunFolder;
import dev.skein.json.Json;
import dev.skein.policy.Control;
import dev.skein.policy.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A journal, a clock and a folder for the files of runs. */
abstract class RunFilesRoom {
    static final FileLimits SMALL = new FileLimits(4_000, 40_000, 2_000, 500);

    final HandClock clock = new HandClock();
    final List<String> said = new ArrayList<>();
    final Story story = new Story(clock);
    @TempDir Path temporary;

    @AfterEach
    void close() {
        story.close();
    }

    RunFiles start(Control.RunFiles which, FileLimits limits) {
        var program = new RunFiles.Program("Pool.java", 7, "rt", "0.1.0", run -> "Of " + run);
        var setting = new RunFiles.Setting(runs(), which, program, clock);
        return RunFiles.start(new RunFiles.Place(story.journal, setting, limits, new Log(said)));
    }

    /** What is in the journal, written. */
    void write(FileLimits limits) {
        start(Control.RunFiles.WORKFLOWS, limits).close();
    }

    Path runs() {
        return temporary.resolve("runs");
    }

    Path folder() {
        return runs().resolve(Story.ROOT);
    }

    RunCard card() throws IOException {
        return new RunFolder(folder()).card().orElseThrow();
    }

    List<Entry> journal(String root) throws InterruptedException {
        var entries = new ArrayList<Entry>();
        try (var reader = story.journal.read(new Cursor.OfTree(root, 0))) {
            for (var next = reader.next(Duration.ZERO);
                    next.isPresent();
                    next = reader.next(Duration.ZERO)) entries.add(next.get());
        }
        return entries;
    }

    static List<Entry> entries(Path folder) {
        var entries = new ArrayList<Entry>();
        RunFiles.read(folder).forEach(entries::add);
        return entries;
    }

    List<String> names(Path in) throws IOException {
        try (var all = Files.walk(in)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> in.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    Story.Run wholeRun() {
        var root = story.root(Story.ROOT, "pool");
        var child = story.child(root, "c1", "t0001");
        var session = story.session(child, "Worker");
        story.change(child, session, IDLE, WORKING);
        var turn = story.turn(child, "t1", session);
        story.tell(turn, new Event.Emitted("progress", Json.object("done", 3)));
        story.completed(turn, "\"said\"");
        story.change(child, session, WORKING, ENDED);
        story.completed(child, "{\"n\":1}");
        story.completed(root, "42");
        return root;
    }

    /** Remembers what was said. */
    private record Log(List<String> said) implements System.Logger {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            said.add(message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... values) {
            said.add(format);
        }
    }
}
