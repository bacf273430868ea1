package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A program that runs in one terminal until the test ends, and the command in others beside it. */
abstract class SecondTerminal {
    private final String file;
    private final String source;

    @TempDir Path folder;
    Path home;
    Command skein;
    Process program;

    /** The program says "up" when it can be seen. */
    SecondTerminal(String file, String source) {
        this.file = file;
        this.source = source;
    }

    @BeforeEach
    void start() throws Exception {
        home = folder.resolve("home");
        skein = terminal("second");
        var first = terminal("first");
        Files.writeString(first.folder().resolve(file), source);
        program = first.start("run", file);
        awaitLine(first.out(), "up");
    }

    @AfterEach
    void end() throws InterruptedException {
        program.descendants().forEach(ProcessHandle::destroyForcibly);
        program.destroyForcibly().waitFor();
    }

    Command terminal(String name) throws IOException {
        var place = Files.createDirectories(folder.resolve(name));
        return Command.in(place)
                .with(
                        Map.of(
                                "SKEIN_HOME",
                                home.toString(),
                                "XDG_CACHE_HOME",
                                folder.resolve("cache").toString()));
    }

    /** Polls the file of a process that is alive; nothing else tells when it has printed. */
    void awaitLine(Path out, String line) throws IOException, InterruptedException {
        while (!Files.exists(out) || !Files.readString(out).contains(line)) {
            boolean ended = program.waitFor(50, TimeUnit.MILLISECONDS);
            assertThat(ended && !Files.readString(out).contains(line))
                    .as("it ended before it said '%s'", line)
                    .isFalse();
        }
    }

    String printed(String... arguments) throws IOException, InterruptedException {
        var ended = skein.run(arguments);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        return ended.out();
    }
}
