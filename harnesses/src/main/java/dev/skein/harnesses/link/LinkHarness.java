package dev.skein.harnesses.link;

import dev.skein.failure.Findings;
import dev.skein.failure.HarnessFailure;
import dev.skein.failure.SkeinException;
import dev.skein.harness.Harness;
import dev.skein.harness.Launch;
import dev.skein.harness.Report;
import dev.skein.harness.Seat;
import dev.skein.machine.Exec;
import dev.skein.machine.LocalImage;
import dev.skein.name.NameRule;
import dev.skein.policy.Timekeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A program of your own plays the agent: it connects to the socket {@code link.sock} in the folder
 * {@code SKEIN_DIR}, reads there in {@code env} by which secret it says hello, and speaks lines of
 * JSON. It is started with the rights of this process's user and without its environment; what it
 * prints is for people who look why it has ended.
 *
 * @param name 1 to 48 characters, a letter first; definitions say {@code link:} and the name
 * @param argv the program and its arguments; found by {@code /usr/local/bin:/usr/bin:/bin}
 * @param directory where it runs, unless its session has a machine
 */
public record LinkHarness(String name, List<String> argv, Path directory, LinkLimits limits)
        implements Harness {
    private static final Timekeeper TIME = Timekeeper.system();

    private static final String LOCAL = "local";

    /** With the instructions they are one line. */
    private static final long MOST_TOOLS = 400 << 10;

    public LinkHarness {
        argv = List.copyOf(argv);
        directory = directory.toAbsolutePath();
        var findings = new Findings("link harness '" + name + "'");
        NameRule.problem(name).ifPresent(findings::add);
        findings.check(!argv.isEmpty() && !argv.getFirst().isEmpty(), "it names no program");
        findings.check(
                argv.stream().noneMatch(word -> word.indexOf('\0') >= 0), "a word holds a NUL");
        findings.orThrow();
    }

    /** In the current directory of this process, with the standard limits. */
    public static LinkHarness of(String name, String... argv) {
        return new LinkHarness(name, List.of(argv), Path.of(""), LinkLimits.standard());
    }

    public LinkHarness withDirectory(Path directory) {
        return new LinkHarness(name, argv, directory, limits);
    }

    public LinkHarness withLimits(LinkLimits limits) {
        return new LinkHarness(name, argv, directory, limits);
    }

    @Override
    public String id() {
        return "link:" + name;
    }

    @Override
    public Seat start(Launch launch, Consumer<Report> reports) throws InterruptedException {
        long bytes =
                launch.tools().stream().mapToLong(tool -> new Down.Offer(tool).line().length).sum();
        if (bytes > MOST_TOOLS)
            throw failed(launch, "its tools take " + bytes + " bytes, more than " + MOST_TOOLS);
        var machine = launch.machine();
        if (machine != null && !machine.kind().equals(LOCAL))
            throw failed(launch, "its link does not reach a machine of kind " + machine.kind());
        try {
            var folder = SeatFolder.make(launch);
            try {
                return started(launch, folder, Reports.to(launch.path(), reports));
            } catch (IOException | InterruptedException | RuntimeException e) {
                folder.delete();
                throw e;
            }
        } catch (IOException e) {
            throw failed(launch, "its folder cannot be made: " + e.getMessage());
        }
    }

    private Seat started(Launch launch, SeatFolder folder, Reports reports)
            throws IOException, InterruptedException {
        var link = new Link(launch, limits, folder, reports);
        try {
            var door = Door.open(folder.socket(), link, TIME);
            try {
                link.invite();
                var program = Program.start(launch, LocalImage.unsafe(directory), command(folder));
                return ready(launch, link, new LinkSeat(link, door, program));
            } catch (IOException | InterruptedException | RuntimeException e) {
                door.close();
                throw e;
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            link.end(new Report.Exited(null, null, "it was not started"));
            throw e;
        }
    }

    private Seat ready(Launch launch, Link link, LinkSeat seat) throws InterruptedException {
        seat.begin();
        try {
            if (link.awaitReady()) return seat;
            var broken = link.broken();
            if (broken.isPresent()) throw new SkeinException(broken.get());
            throw failed(launch, "it ended before it was ready: " + link.how() + command());
        } catch (InterruptedException | RuntimeException e) {
            seat.close();
            throw e;
        }
    }

    private Exec command(SeatFolder folder) {
        return Exec.of(argv.toArray(String[]::new))
                .withEnv(Map.of("SKEIN_DIR", folder.path().toString()));
    }

    private String command() {
        return "\nThe command was " + argv + " in " + directory;
    }

    private SkeinException failed(Launch launch, String problem) {
        return new SkeinException(new HarnessFailure.Start(launch.path(), problem));
    }
}
