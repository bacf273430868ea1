package dev.skein.cli;

import dev.skein.event.Entry;
import dev.skein.event.EntryJson;
import dev.skein.failure.SkeinException;
import dev.skein.home.RunFolder;
import dev.skein.json.Json;
import dev.skein.policy.Timekeeper;
import dev.skein.view.EventText;
import dev.skein.view.RunFiles;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Reads the entries of a run: from its runtime while it lives, from its files when it has ended.
 * They have the same numbers in both.
 */
record LogReading(Chosen chosen, Chosen.Run run) {
    /**
     * One entry with what it says.
     *
     * @param json as it was read
     */
    record Line(Entry entry, String text, Json json) {}

    /** Hands out what is there after that number; returns the last number that was seen. */
    long past(long after, Consumer<Line> to) throws InterruptedException {
        return switch (run) {
            case Chosen.Run.Live(var live) -> live(live, after, false, to);
            case Chosen.Run.Ended(var ended) -> files(ended, after, to);
        };
    }

    /** Hands out what happens after that number until the run ends. */
    void following(long after, Consumer<Line> to) throws InterruptedException {
        if (run instanceof Chosen.Run.Live(var live)) live(live, after, true, to);
    }

    private long live(LiveRun run, long after, boolean follow, Consumer<Line> to)
            throws InterruptedException {
        var last = new AtomicLong(after);
        var route = "/events?tree=true&after=" + after + "&follow=" + follow;
        try (var client = run.open(Timekeeper.system())) {
            client.lines(
                    run.route(route),
                    json -> {
                        var line = line(json);
                        last.set(line.entry().seq());
                        to.accept(line);
                    });
            return last.get();
        } catch (SkeinException e) {
            return files(chosen.endedSince(run, e), last.get(), to);
        }
    }

    private static Line line(Json json) {
        var entry = EntryJson.decode(json);
        var texts = new InlineTexts(json);
        return new Line(entry, new EventText(ref -> texts.of(ref.hash())).of(entry.event()), json);
    }

    private static long files(RunFolder folder, long after, Consumer<Line> to) {
        var recorded = RunFiles.read(folder.path());
        var text = new EventText(recorded::content);
        var last = new AtomicLong(after);
        recorded.forEach(entry -> {
            if (entry.seq() <= after) return;
            last.set(entry.seq());
            to.accept(new Line(entry, text.of(entry.event()), EntryJson.encode(entry)));
        });
        return last.get();
    }

    /** The texts that stand beside references. */
    private record InlineTexts(Json json) {
        Optional<String> of(String hash) {
            return find(json, hash);
        }

        private static Optional<String> find(Json value, String hash) {
            if (value.get("hash").text().equals(hash)
                    && value.get("text") instanceof Json.Text(var text)) return Optional.of(text);
            return value.fields().values().stream()
                    .flatMap(field -> find(field, hash).stream())
                    .findFirst();
        }
    }
}
