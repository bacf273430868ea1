package dev.skein.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.SkeinException;
import dev.skein.policy.Control;
import dev.skein.policy.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:14:07Z");

    @TempDir private Path temporary;

    private Environment at(Path home) {
        return Environment.of(Map.of("SKEIN_HOME", home.toString()));
    }

    private Home home() {
        return Home.open(at(temporary.resolve("home")));
    }

    static RunFolder run(Home home, String id, String status, @Nullable Instant ended)
            throws IOException {
        var folder = RunFolder.make(home.runsFolder(), id);
        var host = new RunCard.Host("Pool.java", 7, "rt", "0.1.0");
        var standing = new RunCard.Standing(status, ended);
        folder.write(new RunCard(id, "pool", "pool", host, NOW, standing, ""));
        return folder;
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void itIsWhereTheEnvironmentSaysElseInTheFolderOfTheUser() {
        assertThat(Home.place(Environment.of(Map.of("HOME", "/u/a"))))
                .isEqualTo(Path.of("/u/a/.skein"));
        assertThat(Home.place(Environment.of(Map.of("HOME", "/u/a", "SKEIN_HOME", "/x/y"))))
                .isEqualTo(Path.of("/x/y"));
    }

    @Test
    @Tag("WF-62")
    void whatIsMadeIsForItsOwnerAlone() throws IOException {
        var home = home();
        var run = run(home, "7k2m9q4c", "working", null);
        assertThat(mode(home.path())).isEqualTo("rwx------");
        assertThat(mode(run.path())).isEqualTo("rwx------");
        assertThat(mode(run.path().resolve("run.json"))).isEqualTo("rw-------");
    }

    @Test
    void oneThatIsNotThereIsNotMadeByLooking() {
        assertThat(Home.find(at(temporary.resolve("none")))).isEmpty();
        assertThat(temporary.resolve("none")).doesNotExist();
        assertThat(home().runtimes()).isEmpty();
        assertThat(home().runs()).isEmpty();
    }

    @Test
    void aLinkIsRefused() throws IOException {
        var link = temporary.resolve("link");
        Files.createSymbolicLink(link, home().path());
        assertRefused(link, "is a symbolic link");
    }

    @Test
    void aLinkThatLeadsNowhereIsRefused() throws IOException {
        var link = temporary.resolve("link");
        Files.createSymbolicLink(link, temporary.resolve("nowhere"));
        assertRefused(link, "is a symbolic link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-----", "rwx---r--", "rwx-----x", "rwx-w----"})
    void oneThatLetsOthersInIsRefused(String mode) throws IOException {
        var home = home().path();
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(mode));
        assertRefused(home, "its mode is " + mode);
    }

    @Test
    void oneThatIsAFileIsRefused() throws IOException {
        assertRefused(Files.createFile(temporary.resolve("file")), "is no folder");
    }

    @Test
    void oneOfSomebodyElseIsRefused() throws IOException {
        assertThat(new Privacy("somebody-else").problem(home().path()))
                .hasValueSatisfying(problem ->
                        assertThat(problem)
                                .startsWith("belongs to ")
                                .endsWith("this program runs as somebody-else"));
        assertThat(Privacy.ofProcess().problem(home().path())).isEmpty();
    }

    private void assertRefused(Path home, String why) {
        assertThatThrownBy(() -> Home.open(at(home)))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> {
                            assertThat(refused.failure().code()).isEqualTo("denied.files");
                            assertThat(refused.failure().message()).contains(home.toString(), why);
                        });
        assertThatThrownBy(() -> Home.find(at(home))).isInstanceOf(SkeinException.class);
    }

    @Test
    @Tag("WF-29")
    void aRunIsFoundByTheBeginningOfItsId() throws IOException {
        var home = home();
        var one = run(home, "7k2m9q4c", "working", null);
        run(home, "7kzzzzzz", "completed", NOW);
        assertThat(home.run("7K2")).isEqualTo(one);
        assertThatThrownBy(() -> home.run("7k"))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> {
                            assertThat(refused.failure().code()).isEqualTo("conflict.ambiguous");
                            assertThat(refused.failure().message())
                                    .contains("7k2m9q4c", "7kzzzzzz");
                        });
        assertThatThrownBy(() -> home.run("zz9"))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.failure().code()).isEqualTo("missing.run"));
    }

    @Test
    void theCardOfARunComesBackAsItWasWritten() throws IOException {
        var folder = run(home(), "7k2m9q4c", "failed", NOW);
        var card = folder.card().orElseThrow();
        assertThat(card.standing()).isEqualTo(new RunCard.Standing("failed", NOW));
        assertThat(Files.readString(folder.path().resolve("run.json")))
                .isEqualTo(
                        "{\"id\":\"7k2m9q4c\",\"name\":\"pool\",\"path\":\"pool\","
                                + "\"program\":\"Pool.java\",\"pid\":7,\"runtime\":\"rt\","
                                + "\"version\":\"0.1.0\",\"startedAt\":\"2026-03-02T10:14:07Z\","
                                + "\"status\":\"failed\",\"endedAt\":\"2026-03-02T10:14:07Z\","
                                + "\"summary\":\"\"}");
    }

    @Test
    void aCardThatIsNotWholeIsNone() throws IOException {
        var folder = run(home(), "7k2m9q4c", "failed", NOW);
        Files.writeString(folder.path().resolve("run.json"), "{\"id\":");
        assertThat(folder.card()).isEmpty();
    }

    @Test
    @Tag("WF-78")
    void runsThatEndedLongAgoGoAndLiveOnesStay() throws IOException {
        var home = home();
        run(home, "old", "completed", NOW.minus(Duration.ofDays(31)));
        run(home, "lost", "lost", NOW.minus(Duration.ofDays(31)));
        run(home, "young", "failed", NOW.minus(Duration.ofDays(29)));
        run(home, "live", "working", null);
        run(home, "asks", "input_required", null);
        var gone = home.prune(Control.Retention.standard(), NOW, () -> false);
        assertThat(gone).extracting(RunFolder::id).containsExactlyInAnyOrder("old", "lost");
        assertThat(home.runs())
                .extracting(RunFolder::id)
                .containsExactlyInAnyOrder("young", "live", "asks");
    }

    @Test
    @Tag("WF-78")
    void beyondTheirSpaceTheOldestEndedRunsGo() throws IOException {
        var home = home();
        for (int i = 1; i <= 4; i++) {
            var folder = run(home, "r" + i, "completed", NOW.minus(Duration.ofHours(5 - i)));
            Files.write(folder.path().resolve("events.jsonl"), new byte[10_000]);
        }
        var live = run(home, "live", "working", null);
        Files.write(live.path().resolve("events.jsonl"), new byte[10_000]);
        var gone = home.prune(new Control.Retention(Duration.ofDays(30), 35_000), NOW, () -> false);
        assertThat(gone).extracting(RunFolder::id).containsExactly("r1", "r2");
        assertThat(home.prune(new Control.Retention(Duration.ofDays(30), 0), NOW, () -> false))
                .extracting(RunFolder::id)
                .containsExactly("r3", "r4");
        assertThat(home.runs()).containsExactly(live);
    }
}
