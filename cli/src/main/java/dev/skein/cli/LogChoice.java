package dev.skein.cli;

import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import dev.skein.name.ShortPath;
import dev.skein.view.RunPicture;
import java.util.List;
import java.util.stream.Stream;

/** The run whose entries are printed, and which of them. */
record LogChoice(Chosen chosen, Chosen.Run run, LogFilter filter) {
    /** What the command gives to go on with, in place of a path. */
    private static final String ID = "[0-9a-z]{8,26}";

    static LogChoice of(ControlOptions control, LogFilter filter) throws InterruptedException {
        var path = filter.place().path();
        boolean byId =
                control.id().isEmpty() && path.matches(ID) && !known(control, path).isEmpty();
        var chosen = byId ? control.choose(path) : control.choose();
        var run = chosen.run();
        var picture = new StatusReading(chosen, control.patience()).picture(run);
        var place = place(byId ? "" : path, picture, filter.place().tree());
        return new LogChoice(
                chosen, run, new LogFilter(place, filter.type(), filter.agent(), filter.since()));
    }

    /** The runs whose ids begin so; a name looks the same. */
    private static List<String> known(ControlOptions control, String prefix)
            throws InterruptedException {
        var found = control.choose(prefix).found();
        var live = found.live().stream().map(LiveRun::id);
        var ended = found.home().stream().flatMap(home -> home.runs(prefix).stream());
        return Stream.concat(live, ended.map(folder -> folder.id()))
                .filter(id -> id.startsWith(prefix))
                .toList();
    }

    private static LogFilter.Place place(String path, RunPicture picture, boolean tree) {
        var id = picture.identity().id();
        if (path.isEmpty()) return new LogFilter.Place(id, "", tree);
        var paths = paths(picture).distinct().toList();
        var full =
                ShortPath.find(path, paths)
                        .orElseThrow(() -> new SkeinException(new Missing.Session(path, paths)));
        return new LogFilter.Place(id, full, tree);
    }

    private static Stream<String> paths(RunPicture run) {
        return Stream.of(
                        Stream.of(run.identity().path()),
                        run.sessions().stream().map(RunPicture.Session::path),
                        run.children().stream().flatMap(LogChoice::paths))
                .flatMap(all -> all);
    }

    LogPrinting printing(int tail, Output output) {
        return new LogPrinting(new LogReading(chosen, run), filter, tail, output);
    }

    /** Returns the exit code; who is interrupted is told how to go on. */
    int print(LogPrinting printing, LogPrinting.Position position, boolean follow)
            throws InterruptedException {
        try {
            printing.print(position, follow);
            return printing.output().written();
        } catch (InterruptedException e) {
            if (follow) printing.output().detail("resume with: " + resuming(position.seq()));
            throw e;
        }
    }

    private String resuming(long seq) {
        var place = filter.place();
        var id = LiveRun.shown(place.run());
        return "skein logs "
                + (place.path().isEmpty() ? id : place.path() + " -i " + id)
                + " -f --after "
                + seq
                + (place.tree() ? " --tree" : "")
                + option("--type", filter.type())
                + option("--agent", filter.agent());
    }

    private static String option(String name, String value) {
        return value.isEmpty() ? "" : " " + name + " '" + value + "'";
    }
}
