package dev.skein.benchmarks.bench;

import dev.skein.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One invocation: its settings, and the folder that its samples go to, a file for each kind of
 * workload.
 */
final class Session {
    private final Checkout checkout;
    private final Settings settings;
    private final Path folder;
    private final PrintStream out;

    Session(Checkout checkout, Settings settings, Path folder, PrintStream out) {
        this.checkout = checkout;
        this.settings = settings;
        this.folder = folder;
        this.out = out;
    }

    /**
     * How much is measured.
     *
     * @param rounds the first is dropped
     * @param starts rounds of cold starts
     * @param millis of each sample of a closed loop
     * @param warmMillis before the first sample, and longer until there were so many runs
     * @param seed of the order in which subjects take turns
     */
    record Settings(int rounds, int starts, long millis, long warmMillis, long warmRuns, int seed) {
        static final Settings FULL = new Settings(6, 21, 2000, 5000, 50_000, 20_261_121);
        static final Settings SHORT = new Settings(1, 1, 500, 1000, 100, 20_261_121);

        Settings withRounds(int rounds) {
            return new Settings(rounds, rounds, millis, warmMillis, warmRuns, seed);
        }

        Settings withMillis(long millis) {
            return new Settings(rounds, starts, millis, warmMillis, warmRuns, seed);
        }
    }

    Checkout checkout() {
        return checkout;
    }

    Settings settings() {
        return settings;
    }

    Path folder() {
        return folder;
    }

    /** The same things in an order that depends on the seed, the round and a word. */
    <T> List<T> shuffled(List<T> things, int round, String word) {
        var order = new ArrayList<>(things);
        Collections.shuffle(order, new Random(settings.seed + 31L * round + word.hashCode()));
        return order;
    }

    /** Says what is going on. */
    void say(String line) {
        out.println(line);
    }

    /** Keeps a sample and says if it is flawed. */
    Sample keep(String file, Sample sample) throws IOException {
        append(file, sample.line());
        sample.flaw().ifPresent(flaw -> say(sample.cell() + ", " + sample.subject() + ": " + flaw));
        return sample;
    }

    void append(String file, Json.Obj line) throws IOException {
        Files.writeString(
                folder.resolve(file + ".jsonl"),
                line.canonical() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
