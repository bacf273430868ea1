package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.checks.house.Repository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged command, started in a folder by somebody who has no key, no cache and no settings
 * but those that are given.
 */
record Command(Path folder, Path launcher, Map<String, String> variables) {
    private static final int MINUTES_AT_MOST = 5;
    private static final File NOTHING = new File("/dev/null");

    /** How it ended, and what it wrote to both streams. */
    record Ended(int code, String out, String err) {}

    static Command in(Path folder) {
        var home = Map.of("HOME", folder.toString(), "XDG_CACHE_HOME", folder + "/cache");
        return new Command(folder, root().resolve("skein"), home);
    }

    /** The checkout. */
    static Path root() {
        return Repository.here().root();
    }

    Command through(Path otherLauncher) {
        return new Command(folder, otherLauncher, variables);
    }

    Command with(Map<String, String> more) {
        var all = new HashMap<>(variables);
        all.putAll(more);
        return new Command(folder, launcher, Map.copyOf(all));
    }

    /** Blocks until it has ended. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        var process = start(arguments);
        try {
            return ended(process);
        } finally {
            process.destroyForcibly();
        }
    }

    /** As {@link #run} with that on its standard input. */
    Ended runReading(String input, String... arguments) throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("in"), input);
        var process = start(List.of(), file.toFile(), arguments);
        try {
            return ended(process);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts it with an empty standard input; {@link #ended} waits for it. */
    Process start(String... arguments) throws IOException {
        return start(List.of(), NOTHING, arguments);
    }

    /**
     * The same for one that is to be interrupted. What a shell starts in the background of a script
     * is deaf to interrupts, and so is all that it starts in its turn, unless it is told otherwise.
     */
    Process startHearing(String... arguments) throws IOException {
        boolean linux = System.getProperty("os.name").equals("Linux");
        return start(
                linux ? List.of("env", "--default-signal=INT") : List.of(), NOTHING, arguments);
    }

    private Process start(List<String> through, File input, String... arguments)
            throws IOException {
        var command = new ArrayList<>(through);
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectInput(input)
                        .redirectOutput(out().toFile())
                        .redirectError(err().toFile());
        builder.environment().keySet().removeIf(Command::isSetting);
        builder.environment().putAll(variables);
        return builder.start();
    }

    Ended ended(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(MINUTES_AT_MOST, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out()), Files.readString(err()));
    }

    Path out() {
        return folder.resolve("out");
    }

    Path err() {
        return folder.resolve("err");
    }

    private static boolean isSetting(String name) {
        return name.endsWith("_API_KEY")
                || name.endsWith("_BASE_URL")
                || name.startsWith("AWS_")
                || List.of("SKEIN_MODEL", "OLLAMA_HOST").contains(name);
    }
}
