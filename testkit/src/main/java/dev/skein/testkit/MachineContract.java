package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.skein.machine.Exec;
import dev.skein.machine.ExecResult.Ended;
import dev.skein.machine.Image;
import dev.skein.machine.Machine;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Machine} must do, whatever kind it is. Extend it and make an image over a
 * folder that is given. Which cases passed is written to {@code
 * target/contracts/machine-<implementation>.txt}.
 *
 * <pre>{@code
 * class LocalMachineTest extends MachineContract {
 *     @Override
 *     protected Image image(Path folder) {
 *         return LocalImage.unsafe(folder);
 *     }
 * }
 * }</pre>
 *
 * <p>The machine must have a POSIX shell with the usual programs.
 */
public abstract class MachineContract extends MachineFileCases {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final int KIB = 1024;
    private static final int SEATS = 32;
    private static final List<String> VARIABLES =
            List.of("HOME", "LANG", "PATH", "SKEIN_EXEC", "TMPDIR");

    /** For subclasses. */
    protected MachineContract() {}

    /** An image whose workspace is that folder of this computer, which is not there yet. */
    @Override
    protected abstract Image image(Path folder);

    @Test
    @Tag("HM-07")
    void wordsReachTheProgramAsTheyAre() throws Exception {
        var machine = machine();
        assertThat(said(machine, "printf", "%s", "a b;$(id)")).isEqualTo("a b;$(id)");
        var all = new StringBuilder();
        for (char one = 1; one < 256; one++) all.append(one);
        var words = new ArrayList<>(List.of("printf", "%s"));
        for (var word : List.of(all + "é漢字🦢", "", "-e", "\n\n", " 'x' \"y\" `z` \\"))
            words.add(word);
        assertThat(said(machine, words.toArray(String[]::new)))
                .isEqualTo(String.join("", words.subList(2, words.size())));
        assertThat(
                        machine.exec(
                                        Exec.of("sh", "-c", "printf %s \"$A\"")
                                                .withEnv(Map.of("A", "ü\n")))
                                .out()
                                .text())
                .isEqualTo("ü\n");
    }

    @Test
    @Tag("HM-07")
    void aShellIsAskedFor() throws Exception {
        var machine = machine();
        assertThat(shell(machine, "echo $((1 + 2)) | tr 3 4").out().text()).isEqualTo("4\n");
        assertThat(shell(machine, "shopt -q login_shell 2>/dev/null").ok()).isFalse();
    }

    @Test
    @Tag("HM-08")
    void onlyItsOwnVariablesAreThere() throws Exception {
        var machine = machine();
        var names = said(machine, "env").lines().map(line -> line.split("=", 2)[0]).sorted();
        assertThat(names).containsExactlyElementsOf(VARIABLES);
        var set = machine.exec(Exec.of("env").withEnv(Map.of("X", "1", "HOME", "elsewhere")));
        assertThat(set.out().text().lines())
                .contains(
                        "X=1",
                        "HOME=elsewhere",
                        "LANG=C.UTF-8",
                        "PATH=/usr/local/bin:/usr/bin:/bin")
                .anyMatch(line -> line.matches("SKEIN_EXEC=[0-9a-f]{32}"));
        assertThat(said(machine, "sh", "-c", "echo x > $TMPDIR/x && cat $TMPDIR/x"))
                .isEqualTo("x\n");
    }

    @Test
    @Tag("HM-08")
    void inputIsReadAndThenEnds() throws Exception {
        var machine = machine();
        assertThat(said(machine, "cat")).isEmpty();
        var long1 = "0123456789abcdef".repeat(20 * KIB);
        var counted = machine.exec(Exec.of("wc", "-c").withInput(long1));
        assertThat(counted.out().text().strip()).isEqualTo("" + long1.length());
        assertThat(machine.exec(Exec.of("true").withInput(long1)).ok()).isTrue();
    }

    @Test
    @Tag("HM-09")
    @Tag("HM-10")
    @Tag("HM-11")
    void nothingLivesAfterItsTime() throws Exception {
        var machine = machine();
        var script =
                "trap '' TERM HUP; sleep 60 & echo $! >> pids; nohup sleep 60 & echo $! >> pids;"
                        + " setsid sleep 60 & echo $! >> pids; (setsid sh -c 'trap \"\" TERM HUP;"
                        + " echo $$ >> pids; sleep 60; sleep 60' &); echo $$ >> pids;"
                        + " echo before; while [ $(wc -l < pids) -lt 5 ]; do :; done; sleep 60";
        var result = machine.exec(Exec.shell(script).withLimit(Duration.ofSeconds(1)));
        assertThat(result.ended()).isEqualTo(Ended.TIMED_OUT);
        assertThat(result.exit()).isEqualTo(124);
        assertThat(result.ok()).isFalse();
        assertThat(result.out().text()).isEqualTo("before\n");
        assertThat(result.err().text()).endsWith("[ended after 1 s]");
        var pids = lines(machine, "pids", 5);
        assertThat(alive(machine, pids)).isEmpty();
    }

    @Test
    @Tag("HM-09")
    void theEndOfTheCommandIsTheEndOfWhatItLeft() throws Exception {
        var machine = machine();
        var result = shell(machine, "sleep 60 & echo $! > pids; setsid sleep 60 & echo $! >> pids");
        assertThat(result.ok()).as(result.toString()).isTrue();
        assertThat(alive(machine, lines(machine, "pids", 2))).isEmpty();
    }

    @Test
    @Tag("HM-09")
    void closedStreamsAreNotTheEnd() throws Exception {
        var machine = machine();
        assertThat(shell(machine, "exec >&- 2>&-; sleep 0.3; echo done > made").ok()).isTrue();
        assertThat(text(machine, "made")).isEqualTo("done\n");
    }

    @Test
    @Tag("HM-07")
    @Tag("HM-09")
    void whatCannotBeRunIsRefusedBeforeItStarts() {
        refuses("invalid.call", Exec::of);
        refuses("invalid.call", () -> Exec.of(""));
        refuses("invalid.call", () -> Exec.of("echo", "a\0b"));
        refuses("invalid.call", () -> Exec.of("echo", "x".repeat(128 * KIB)));
        refuses("invalid.call", () -> Exec.of("env").withEnv(Map.of("A=B", "x")));
        refuses("invalid.call", () -> Exec.of("true").withLimit(Duration.ofHours(25)));
        refuses("invalid.call", () -> Exec.of("true").withLimit(Duration.ZERO));
        refuses("invalid.call", () -> Exec.of("true").withCap(100));
    }

    @Test
    @Tag("HM-12")
    void whoWritesTooMuchIsEnded() throws Exception {
        var machine = machine();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getTotalThreadAllocatedBytes();
        var result = machine.exec(Exec.of("yes").withLimit(Duration.ofSeconds(60)));
        assertThat(threads.getTotalThreadAllocatedBytes() - before).isLessThan(8 << 20);
        assertThat(result.ended()).isEqualTo(Ended.OUTPUT_LIMIT);
        assertThat(result.exit()).isEqualTo(125);
        assertThat(result.out().cut()).isTrue();
        assertThat(result.out().bytes()).isGreaterThan(64L << 20);
        assertThat(result.out().text())
                .startsWith("y\ny\n")
                .containsPattern("\\[… \\d+ bytes left out …]")
                .hasSizeBetween(63 * KIB, 65 * KIB);
        assertThat(Path.of("" + result.out().rest())).hasSize(64L << 20);
    }

    @Test
    @Tag("HM-12")
    void aCutNeverSplitsACharacter() throws Exception {
        var machine = machine();
        long seed = SessionCases.seed();
        var random = new SplittableRandom(seed);
        for (var one : List.of("é", "漢", "🦢")) {
            var text =
                    "x".repeat(random.nextInt(8))
                            + one.repeat(50 * KIB)
                            + "y".repeat(random.nextInt(8));
            write(machine, "long", text);
            long cap = random.nextLong(KIB, 64 * KIB);
            var out = machine.exec(Exec.of("cat", "long").withCap(cap)).out();
            int size = text.getBytes(StandardCharsets.UTF_8).length;
            assertThat(out.bytes()).as("seed %s", seed).isEqualTo(size);
            assertThat(out.text()).as("seed %s", seed).doesNotContain("\uFFFD");
            assertThat(
                            out.text()
                                    .replaceFirst("\n\\[… \\d+ bytes left out …]\n", "")
                                    .getBytes(StandardCharsets.UTF_8)
                                    .length)
                    .as("seed %s", seed)
                    .isBetween((int) cap - 8, (int) cap);
            assertThat(Files.readString(Path.of("" + out.rest()))).isEqualTo(text);
        }
    }

    @Test
    @Tag("HM-12")
    void whatIsNoTextIsShownAsSuch() throws Exception {
        var out = shell(machine(), "printf 'a\\377b'").out();
        assertThat(out.text()).isEqualTo("a\uFFFDb");
        assertThat(out.bytes()).isEqualTo(3);
        assertThat(out.cut()).isFalse();
        assertThat(out.rest()).isNull();
    }

    @Test
    @Tag("HM-13")
    void howItEndedIsAValue() throws Exception {
        var machine = machine();
        assertThat(machine.exec(Exec.of("sh", "-c", "exit 3")).exit()).isEqualTo(3);
        var missing = machine.exec(Exec.of("no-such-program"));
        assertThat(missing.exit()).isEqualTo(127);
        assertThat(missing.err().text()).contains("no-such-program");
        write(machine, "plain", "no program");
        var plain = machine.exec(Exec.of("./plain"));
        assertThat(plain.exit()).isEqualTo(126);
        assertThat(plain.err().text()).contains("plain");
        var killed = machine.exec(Exec.of("sh", "-c", "kill -9 $$"));
        assertThat(killed.ended()).isEqualTo(Ended.SIGNALED);
        assertThat(killed.exit()).isEqualTo(137);
    }

    @Test
    @Tag("HM-13")
    void soManyRunAtOnceAndTheOthersWait() throws Exception {
        var machine = machine();
        var script = "echo x >> started; while [ ! -e go ]; do sleep 0.1; done";
        var callers =
                IntStream.range(0, SEATS + 4)
                        .mapToObj(_ -> Caller.start(true, () -> machine.exec(Exec.shell(script))))
                        .toList();
        assertThat(lines(machine, "started", SEATS)).hasSize(SEATS);
        write(machine, "go", "");
        for (var caller : callers) assertThat(caller.result().ok()).isTrue();
        assertThat(lines(machine, "started", SEATS + 4)).hasSize(SEATS + 4);
    }

    @Test
    @Tag("HM-09")
    void anInterruptEndsTheCommand() throws Exception {
        var machine = machine();
        var script = "setsid sleep 60 & echo $! > pids; echo $$ >> pids; sleep 60";
        var caller = Caller.start(true, () -> shell(machine, script));
        var pids = lines(machine, "pids", 2);
        caller.interrupt();
        assertThat(caller.ended()).isTrue();
        assertThat(caller.thrown()).isInstanceOf(InterruptedException.class);
        assertThat(alive(machine, pids)).isEmpty();
    }

    @Test
    void aCommandRunsInTheFolderThatIsSaid() throws Exception {
        var machine = machine();
        write(machine, "a/b/file", "");
        var there = machine.exec(Exec.of("ls").withDirectory("a/b"));
        assertThat(there.out().text()).isEqualTo("file\n");
        refuses("machine.path", () -> machine.exec(Exec.of("ls").withDirectory("..")));
        refuses("machine.file", () -> machine.exec(Exec.of("ls").withDirectory("a/b/file")));
    }

    @Test
    void aLiveCommandIsTalkedTo() throws Exception {
        var machine = machine();
        try (var live = machine.start(Exec.of("sh", "-c", "read x; echo got $x; exit 4"))) {
            assertThat(live.pid()).isPositive();
            live.in().write("hello\n".getBytes(StandardCharsets.UTF_8));
            live.in().flush();
            assertThat(live.out().readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("got hello\n");
            assertThat(live.await(Duration.ofSeconds(60)).exit()).isEqualTo(4);
        }
    }

    @Test
    void aLiveCommandEndsWithAllItStarted() throws Exception {
        var machine = machine();
        var script = "setsid sleep 60 & echo $! >> %1$s; echo $$ >> %1$s; sleep 60";
        var late = machine.start(Exec.shell(script.formatted("late")));
        var closed = machine.start(Exec.shell(script.formatted("closed")));
        var left = machine.start(Exec.shell("setsid sleep 60 & echo $! >> left; echo $$ >> left"));
        var pids = new ArrayList<>(lines(machine, "late", 2));
        pids.addAll(lines(machine, "closed", 2));
        pids.addAll(lines(machine, "left", 2));
        assertThat(late.await(SHORT).ended()).isEqualTo(Ended.TIMED_OUT);
        closed.close();
        closed.close();
        assertThat(left.await(Duration.ofSeconds(60)).ok()).isTrue();
        assertThat(alive(machine, pids)).isEmpty();
        late.close();
        left.close();
    }

    @Test
    @Tag("HM-05")
    void closingEndsEverythingInIt() throws Exception {
        var machine = machine();
        var other = machine();
        var script = "echo $$ >> pids; setsid sleep 60 & echo $! >> pids; sleep 60";
        var live = machine.start(Exec.shell(script));
        var caller = Caller.start(true, () -> shell(machine, script));
        var pids = lines(machine, "pids", 4);
        machine.close();
        machine.close();
        assertThat(alive(other, pids)).isEmpty();
        assertThat(caller.ended()).isTrue();
        assertThat(failure(() -> rethrow(caller)).code()).isEqualTo("machine.lost");
        refuses("machine.lost", () -> machine.exec(Exec.of("true")));
        refuses("machine.lost", () -> machine.start(Exec.of("true")));
        refuses("machine.lost", () -> machine.read("pids").close());
        refuses("machine.lost", () -> write(machine, "pids", ""));
        refuses("machine.lost", () -> machine.stat("pids"));
        live.close();
    }

    private static void rethrow(Caller<?> caller) throws Throwable {
        var thrown = caller.thrown();
        if (thrown != null) throw thrown;
    }

    @Test
    @Tag("HM-05")
    void itSaysWhatItIs() throws Exception {
        var machine = machine();
        assertThat(machine.name()).isEqualTo("skein-01234567-1-1");
        assertThat(machine.kind()).isIn("local", "sandbox", "container", "ssh", "vm");
        assertThat(machine.workspace()).startsWith("/");
        assertThat(image(folder()).id()).isEqualTo(image(folder()).id()).isNotBlank();
        assertThat(said(machine, "sh", "-c", "id -u >/dev/null; echo ok")).isEqualTo("ok\n");
    }
}
