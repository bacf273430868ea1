package dev.skein.cli;

import dev.skein.failure.Conflict;
import dev.skein.failure.Missing;
import dev.skein.failure.RunFailure;
import dev.skein.failure.RuntimeFailure;
import dev.skein.failure.SkeinException;
import dev.skein.home.RunCard;
import dev.skein.home.RunFolder;
import dev.skein.policy.Timekeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The run that a command is for.
 *
 * @param prefix how its id begins; empty for the only live root
 */
record Chosen(Runtimes.Found found, String prefix) {
    private static final Duration TO_BE_WRITTEN = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    Chosen {
        prefix = prefix.toLowerCase(Locale.ROOT);
    }

    /** A run that lives, or the folder of one that has ended. */
    sealed interface Run {
        record Live(LiveRun run) implements Run {}

        record Ended(RunFolder folder) implements Run {}
    }

    /**
     * The live run that is meant.
     *
     * @throws SkeinException with {@code missing.run}, {@code conflict.ambiguous}, {@code
     *     run.ended} if it has ended, {@code runtime.unreachable} if its runtime may be one that
     *     does not answer
     */
    LiveRun live() {
        return switch (run()) {
            case Run.Live(var run) -> run;
            case Run.Ended(var folder) -> throw ended(folder);
        };
    }

    /** As {@link #live()}, but also one that has ended. */
    Run run() {
        var live = found.live().stream().filter(run -> run.id().startsWith(prefix)).toList();
        if (live.size() == 1) return new Run.Live(live.getFirst());
        if (live.size() > 1) throw ambiguous(live, LiveRun::label);
        var ended = prefix.isEmpty() ? List.<RunFolder>of() : folders();
        if (ended.size() == 1) return new Run.Ended(ended.getFirst());
        if (ended.size() > 1) throw ambiguous(ended, Chosen::label);
        if (found.silent().isEmpty()) throw new SkeinException(new Missing.Run(prefix));
        var silent = found.silent().getFirst();
        throw new SkeinException(
                new RuntimeFailure.Unreachable("Runtime " + silent.id(), "no answer in 500 ms"));
    }

    private List<RunFolder> folders() {
        return found.home().map(home -> home.runs(prefix)).orElse(List.of());
    }

    private <T> SkeinException ambiguous(List<T> runs, Function<T, String> label) {
        return new SkeinException(
                new Conflict.Ambiguous(prefix, runs.stream().map(label).toList()));
    }

    private static SkeinException ended(RunFolder folder) {
        var card = card(folder);
        return new SkeinException(
                new RunFailure.Ended(
                        label(folder),
                        card.map(one -> one.standing().status()).orElse("unknown"),
                        null));
    }

    private static String label(RunFolder folder) {
        var id = LiveRun.shown(folder.id());
        return card(folder).map(card -> id + " " + card.name()).orElse(id);
    }

    /**
     * The folder of a run that has ended since it was looked at. A runtime that closes takes its
     * socket away before its files are whole, so that is waited for, two seconds at most.
     *
     * @param told why the run cannot be asked; thrown if it has not ended
     */
    RunFolder endedSince(LiveRun run, SkeinException told) throws InterruptedException {
        boolean gone =
                told.failure() instanceof Missing.Run
                        || told.failure() instanceof RuntimeFailure.Unreachable;
        var folder = folder(run.id());
        var time = Timekeeper.system();
        long until = time.nanos() + TO_BE_WRITTEN.toNanos();
        while (gone && folder.isPresent() && until - time.nanos() > 0) {
            if (card(folder.get()).filter(card -> card.standing().over()).isPresent())
                return folder.get();
            time.pause(BETWEEN_LOOKS);
        }
        throw told;
    }

    /** Where the files of a run are, if it keeps any. */
    Optional<RunFolder> folder(String id) {
        return found.home().flatMap(home -> home.runs(id).stream().findFirst());
    }

    /** What is kept of a run; empty if it cannot be read. */
    static Optional<RunCard> card(RunFolder folder) {
        try {
            return folder.card();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
