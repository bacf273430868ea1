package dev.skein.benchmarks.bench;

import dev.skein.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** The main program behind {@code ./bench}. */
public final class Bench {
    private static final List<String> WORKS = List.of("one", "tool");
    private static final List<String> PEERS = List.of("all", "one", "tool", "fan", "cold", "modes");
    private static final List<Integer> SIZES = List.of(1_000, 10_000);
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm").withZone(ZoneOffset.UTC);

    private final Checkout checkout;
    private final Words words;
    private final PrintStream out;
    private final List<Sample> samples = new ArrayList<>();

    private Bench(Checkout checkout, Words words, PrintStream out) {
        this.checkout = checkout;
        this.words = words;
        this.out = out;
    }

    /** The first argument is the root of the checkout, the others are the user's. */
    public static void main(String[] arguments) throws Exception {
        try {
            var words = new Words(Arrays.asList(arguments).subList(1, arguments.length));
            var checkout = new Checkout(Path.of(arguments[0]));
            if (!new Bench(checkout, words, System.out).run()) System.exit(1);
        } catch (IllegalArgumentException | NoSuchFileException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
        }
    }

    /** False if a figure that is no time does not hold. */
    private boolean run() throws IOException, InterruptedException, RunnerException {
        if (words.first().equals("report")) return report(folder());
        boolean small = words.first().equals("short");
        var session = begin(words.settings(small ? Session.Settings.SHORT : Session.Settings.FULL));
        switch (words.first()) {
            case "micro" -> new Micro(session).measure(words.second(""), Micro.Length.FULL);
            case "peers" -> peers(session, words.second("all"));
            case "memory" -> memory(session, 10_000);
            case "workflows" -> new Workflows(session, 1).measure();
            case "short" -> small(session);
            default -> everything(session);
        }
        return small ? summary(session) : report(session.folder());
    }

    private void everything(Session session)
            throws IOException, InterruptedException, RunnerException {
        peers(session, "all");
        memory(session, 10_000);
        new Workflows(session, 1).measure();
        new Micro(session).measure("", Micro.Length.FULL);
    }

    private void small(Session session) throws IOException, InterruptedException, RunnerException {
        try (var model = ModelServer.start(checkout)) {
            var all = Contender.all(checkout);
            samples.addAll(new ClosedLoops(session, model, "").measure(WORKS, all));
            samples.addAll(new Bursts(session, model, List.of(1_000)).measure(all));
            samples.addAll(new ColdStarts(session, model).measure(cold(all)));
        }
        memory(session, 1_000);
        new Workflows(session, 100).measure();
        new Micro(session).measure("", Micro.Length.SHORT);
    }

    private void peers(Session session, String which) throws IOException {
        if (!PEERS.contains(which))
            throw Words.wrong("peers are measured by " + PEERS + ", not by '" + which + "'");
        boolean all = which.equals("all");
        boolean modes = all || which.equals("modes");
        var contenders =
                modes && !all ? List.<Contender>of() : words.chosen(Contender.all(checkout));
        var works = WORKS.stream().filter(work -> all || work.equals(which)).toList();
        try (var model = ModelServer.start(checkout)) {
            if (modes)
                samples.addAll(
                        new ClosedLoops(session, model, ClosedLoops.MODES)
                                .measure(WORKS, words.chosen(Contender.modes(checkout))));
            if (!works.isEmpty())
                samples.addAll(new ClosedLoops(session, model, "").measure(works, contenders));
            if (all || which.equals("fan"))
                samples.addAll(new Bursts(session, model, SIZES).measure(contenders));
            if (all || which.equals("cold"))
                samples.addAll(new ColdStarts(session, model).measure(cold(contenders)));
        }
    }

    private List<Contender> cold(List<Contender> contenders) {
        var all = new ArrayList<>(contenders);
        all.addFirst(Contender.launcher(checkout));
        return all;
    }

    private void memory(Session session, int many) throws IOException, InterruptedException {
        try (var model = ModelServer.start(checkout)) {
            var both = List.of(Contender.bounded(checkout), Contender.all(checkout).getFirst());
            samples.addAll(new Memory(session, model, 100, many).measure(both));
        }
    }

    private Session begin(Session.Settings settings) throws IOException {
        var now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
        var parent = words.first().equals("all") ? checkout.results() : checkout.partial();
        var folder = Files.createDirectories(parent.resolve(FOLDER.format(now)));
        var session = new Session(checkout, settings, folder, out);
        session.append(
                "run",
                Json.object(
                        "command", "./bench " + words,
                        "at", now.toString(),
                        "commit", checkout.said("git", "rev-parse", "--short", "HEAD"),
                        "seed", settings.seed(),
                        "versions", Versions.text(checkout),
                        "machine", Machine.words()));
        return session;
    }

    private boolean report(Path folder) throws IOException {
        var report = new Report(folder);
        out.println(report.block());
        if (folder.startsWith(checkout.results())) report.write(checkout.report());
        return holds();
    }

    /** Of a short run the times mean nothing; they lie beside the samples for who wants them. */
    private boolean summary(Session session) throws IOException {
        var tables = session.folder().resolve("tables.md");
        Files.writeString(tables, new Report(session.folder()).block());
        boolean holds = holds();
        out.printf(
                "bench: %d samples, results and counts %s; %s%n",
                samples.size(), holds ? "hold" : "DO NOT HOLD", checkout.root().relativize(tables));
        return holds;
    }

    private boolean holds() {
        var broken = new Bounds(samples).broken();
        broken.forEach(line -> out.println("does not hold: " + line));
        return broken.isEmpty();
    }

    private Path folder() throws IOException {
        var date = words.second("");
        return date.isEmpty()
                ? Checkout.files(checkout.results()).getLast()
                : checkout.results().resolve(date);
    }
}
