package dev.skein.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.home.ProcessTable.Family;
import dev.skein.policy.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EndingTest {
    private static final String SLEEP = "exec sleep 600";
    private static final String OBSTINATE = "trap '' TERM HUP; while :; do sleep 1; done";

    @TempDir private Path folder;
    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void kill() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    /** Says a line for each process that it has started; then it is used. */
    private List<ProcessId> start(String script, int lines, Map<String, String> env)
            throws IOException {
        var builder = new ProcessBuilder("setsid", "sh", "-c", script);
        builder.environment().putAll(env);
        var process = builder.start();
        started.add(process.toHandle());
        var ids = new ArrayList<ProcessId>();
        ids.add(ProcessId.of(process.toHandle()).orElseThrow());
        BufferedReader said = process.inputReader();
        for (int i = 0; i < lines; i++) ids.add(id(said.readLine()));
        return ids;
    }

    private ProcessId id(String pid) {
        var process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        started.add(process);
        return ProcessId.of(process).orElseThrow();
    }

    private static Family family(ProcessId root) {
        return new Family(root, "", 0);
    }

    @Test
    @Tag("HM-10")
    void whoDoesNotListenIsKilledWithAllBelow() throws IOException {
        var obstinate = "setsid sh -c \"" + OBSTINATE + "\" & echo $!; " + OBSTINATE;
        var ids = start(obstinate, 1, Map.of());
        assertThat(ids).allMatch(ProcessId::alive);
        assertThat(Ending.of(List.of(family(ids.getFirst())))).isEmpty();
        assertThat(ids).noneMatch(ProcessId::alive);
    }

    @Test
    @Tag("HM-10")
    void whatLeftItsParentsIsFoundByItsMark() throws IOException {
        var env = Map.of(ProcessTable.MARK, "0123abcd");
        var script = "sh -c 'setsid sh -c \"echo \\$\\$; sleep 600\" & echo $!'; " + SLEEP;
        var marked = start(script, 2, env);
        var others = start(SLEEP, 0, Map.of(ProcessTable.MARK, "9999"));
        Ending.of(List.of(new Family(null, "0123", 0)));
        assertThat(marked).noneMatch(ProcessId::alive);
        assertThat(others).allMatch(ProcessId::alive);
    }

    @Test
    @Tag("HM-11")
    void oneOfTheSameNumberIsNotTouchedNorWhatItStarted() throws IOException {
        var innocent = start("sleep 600 & echo $!; " + SLEEP, 1, Map.of());
        var dead = new ProcessId(innocent.getFirst().pid(), innocent.getFirst().start() + "0");
        assertThat(Ending.of(List.of(family(dead)))).isEmpty();
        assertThat(innocent).allMatch(ProcessId::alive);
        assertThat(Ending.of(List.of())).isEmpty();
    }

    @Test
    void anInterruptIsKeptAndHindersNothing() throws IOException {
        var ids = start(OBSTINATE, 0, Map.of());
        Thread.currentThread().interrupt();
        assertThat(Ending.of(List.of(family(ids.getFirst())))).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ids).noneMatch(ProcessId::alive);
    }

    /** What the runtime's own line says holds for what it did not come to write down. */
    @Test
    @Tag("WF-65")
    void aDeadRuntimesMarkFindsWhatItStarted() throws Exception {
        var environment = Map.of("SKEIN_HOME", folder.resolve("h").toString());
        var home = Home.open(Environment.of(environment));
        var ids = start(SLEEP, 0, Map.of(ProcessTable.MARK, "feedbeef00"));
        var dead = new ProcessId(1L << 40, "0");
        var place = PrivateFiles.folder(home.runtimesFolder().resolve("rt"));
        Files.createFile(place.resolve(RuntimeFolder.LOCK));
        new RuntimeCard("rt", dead, "Pool.java", "0.1.0", null, null, Instant.EPOCH)
                .write(place.resolve(RuntimeFolder.CARD));
        Files.writeString(
                place.resolve(RuntimeFolder.OWNED),
                new Owned(Owned.MARK, dead, "feedbeef", "").line(false));
        var reaped = home.reap(home.runtimes().getFirst());
        assertThat(reaped.ended()).extracting(Owned::kind).containsExactly("mark");
        assertThat(ids).noneMatch(ProcessId::alive);
    }
}
