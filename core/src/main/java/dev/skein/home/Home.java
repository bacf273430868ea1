package dev.skein.home;

import dev.skein.failure.Conflict;
import dev.skein.failure.Denied;
import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import dev.skein.policy.Control;
import dev.skein.policy.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The folder of a user: {@code $SKEIN_HOME}, else {@code ~/.skein}. It is there, and its owner's
 * alone; one that is a link, belongs to somebody else, or lets others in is refused.
 *
 * <p>Every method may be called by any thread and by several processes at once. What the disk
 * refuses is {@code denied.files}.
 */
public final class Home {
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path path;

    private Home(Path path) {
        this.path = path;
    }

    /** What is done to files. */
    interface Work<T> {
        T perform() throws IOException;
    }

    /** Where it is, or would be. */
    public static Path place(Environment environment) {
        return environment
                .variable("SKEIN_HOME")
                .map(Path::of)
                .orElseGet(() ->
                        Path.of(
                                environment
                                        .variable("HOME")
                                        .orElse(System.getProperty("user.home")),
                                ".skein"))
                .toAbsolutePath()
                .normalize();
    }

    /**
     * Makes it if it is not there.
     *
     * @throws SkeinException with {@code denied.files}, which says what is wrong with it
     */
    public static Home open(Environment environment) {
        var path = place(environment);
        return perform(
                path,
                () -> {
                    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) PrivateFiles.folder(path);
                    return new Home(Privacy.ofProcess().checked(path));
                });
    }

    /**
     * The one that is there, if one is.
     *
     * @throws SkeinException with {@code denied.files}, which says what is wrong with it
     */
    public static Optional<Home> find(Environment environment) {
        return Files.exists(place(environment), LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(open(environment))
                : Optional.empty();
    }

    public Path path() {
        return path;
    }

    /** Where the folders of runs are; may not be there. */
    public Path runsFolder() {
        return path.resolve("runs");
    }

    Path runtimesFolder() {
        return path.resolve("runtimes");
    }

    /** The runtimes that live and those that died without cleaning up. */
    public List<FoundRuntime> runtimes() {
        return perform(
                runtimesFolder(),
                () -> {
                    var found = new ArrayList<FoundRuntime>();
                    for (var folder : folders(runtimesFolder())) {
                        var runtime = FoundRuntime.of(folder);
                        if (!runtime.vanishing()) found.add(runtime);
                    }
                    return found;
                });
    }

    /**
     * Ends what a dead runtime left behind, marks its runs as lost and removes its folder. Waits up
     * to two seconds for each of its processes. Does nothing if it lives, or if another program
     * does the same.
     */
    public Reaped reap(FoundRuntime dead) {
        try {
            return Reaped.reap(this, dead);
        } catch (IOException e) {
            throw refused(dead.folder(), e);
        }
    }

    /** The folders of runs, newest first. */
    public List<RunFolder> runs() {
        return perform(
                runsFolder(),
                () -> {
                    var runs = new ArrayList<Aged>();
                    for (var folder : folders(runsFolder())) {
                        var run = new RunFolder(folder);
                        var started = run.card().map(RunCard::startedAt).orElse(Instant.EPOCH);
                        runs.add(new Aged(run, started));
                    }
                    runs.sort(Comparator.comparing(Aged::started).reversed());
                    return runs.stream().map(Aged::run).toList();
                });
    }

    private record Aged(RunFolder run, Instant started) {}

    /** The folders of the runs whose ids begin so. */
    public List<RunFolder> runs(String prefix) {
        var wanted = prefix.toLowerCase(Locale.ROOT);
        return perform(
                runsFolder(),
                () ->
                        folders(runsFolder()).stream()
                                .map(RunFolder::new)
                                .filter(run -> run.id().startsWith(wanted))
                                .toList());
    }

    /**
     * The one run whose id begins so.
     *
     * @throws SkeinException with {@code missing.run} or {@code conflict.ambiguous}
     */
    public RunFolder run(String prefix) {
        var runs = runs(prefix);
        if (runs.isEmpty()) throw new SkeinException(new Missing.Run(prefix));
        if (runs.size() > 1)
            throw new SkeinException(
                    new Conflict.Ambiguous(prefix, runs.stream().map(RunFolder::id).toList()));
        return runs.getFirst();
    }

    /**
     * Removes the folders of runs that ended long ago; those of live ones stay. Also removes what
     * runtimes left that died while they were starting.
     *
     * @param enough asked before each folder; true: the others stay for the next time
     * @return the folders of runs that are gone
     */
    public List<RunFolder> prune(Control.Retention keep, Instant now, BooleanSupplier enough) {
        return perform(
                path,
                () -> {
                    for (var folder : hidden(runtimesFolder()))
                        if (Files.getLastModifiedTime(folder)
                                .toInstant()
                                .isBefore(now.minus(ABANDONED))) PrivateFiles.delete(folder);
                    return Pruning.of(
                            folders(runsFolder()).stream().map(RunFolder::new).toList(),
                            keep,
                            now,
                            enough);
                });
    }

    private static List<Path> folders(Path in) throws IOException {
        return children(in, false);
    }

    /** Those that are being made. */
    private static List<Path> hidden(Path in) throws IOException {
        return children(in, true);
    }

    private static List<Path> children(Path in, boolean hidden) throws IOException {
        if (!Files.isDirectory(in)) return List.of();
        try (var all = Files.list(in)) {
            return all.filter(child -> child.getFileName().toString().startsWith(".") == hidden)
                    .filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    static <T> T perform(Path on, Work<T> work) {
        try {
            return work.perform();
        } catch (IOException e) {
            throw refused(on, e);
        }
    }

    private static SkeinException refused(Path on, IOException problem) {
        return new SkeinException(
                new Denied.Files(on.toString(), "cannot be used: " + problem), problem);
    }
}
