package dev.skein.machine;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command for a machine. Its words reach the program as they are: nothing is joined, split,
 * expanded or quoted. What cannot be run is {@code invalid.call}.
 *
 * @param argv the program and its arguments; with {@code env} at most 128 KiB
 * @param env beside {@code PATH}, {@code HOME}, {@code LANG}, {@code TMPDIR}, {@code SKEIN_EXEC}
 *     and what the image says; nothing is inherited from this process
 * @param directory where it runs; null: in the workspace
 * @param input its standard input, then the end of file
 * @param limit 1 ms to 24 h
 * @param cap bytes kept of each of its streams, 1 KiB to 1 MiB
 */
@SuppressWarnings("ArrayRecordComponent") // a command is run, not compared
public record Exec(
        List<String> argv,
        Map<String, String> env,
        @Nullable String directory,
        byte[] input,
        Duration limit,
        long cap) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration STANDARD_LIMIT = Duration.ofMinutes(5);
    private static final long LEAST_CAP = 1 << 10;
    private static final long MOST_CAP = 1 << 20;
    private static final long STANDARD_CAP = 64 << 10;
    private static final long MOST_WORDS = 128 << 10;
    private static final String TWO_SHELLS =
            "if [ -x /bin/bash ]; then exec /bin/bash -c \"$1\"; else exec /bin/sh -c \"$1\"; fi";

    public Exec {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
        input = input.clone();
        if (argv.isEmpty() || argv.getFirst().isEmpty()) throw refused("no program is named");
        var words = new ArrayList<>(argv);
        env.forEach((name, value) -> words.add(name + "=" + value));
        if (words.stream().anyMatch(word -> word.indexOf('\0') >= 0))
            throw refused("an argument or variable holds a NUL");
        if (env.keySet().stream().anyMatch(name -> name.isEmpty() || name.indexOf('=') >= 0))
            throw refused("a variable has no name, or one with '='");
        long bytes = words.stream().mapToLong(Exec::bytes).sum();
        if (bytes > MOST_WORDS)
            throw refused("arguments and variables have " + bytes + " bytes, limit " + MOST_WORDS);
        if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0)
            throw refused("the limit must be 1 ms to 24 h, was " + limit);
        if (cap < LEAST_CAP || cap > MOST_CAP)
            throw refused("the cap must be 1 KiB to 1 MiB, was " + cap + " bytes");
    }

    /** In the workspace, without input, for at most 5 minutes; 64 KiB are kept of each stream. */
    public static Exec of(String... argv) {
        return new Exec(List.of(argv), Map.of(), null, new byte[0], STANDARD_LIMIT, STANDARD_CAP);
    }

    /** By {@code /bin/bash}, or {@code /bin/sh} where there is none; never a login shell. */
    public static Exec shell(String script) {
        return of("/bin/sh", "-c", TWO_SHELLS, "sh", script);
    }

    /** A copy. */
    @Override
    public byte[] input() {
        return input.clone();
    }

    public Exec withArgv(String... argv) {
        return new Exec(List.of(argv), env, directory, input, limit, cap);
    }

    public Exec withEnv(Map<String, String> env) {
        return new Exec(argv, env, directory, input, limit, cap);
    }

    /** Relative to the workspace, or absolute and inside it. */
    public Exec withDirectory(String directory) {
        return new Exec(argv, env, directory, input, limit, cap);
    }

    public Exec withInput(byte[] input) {
        return new Exec(argv, env, directory, input, limit, cap);
    }

    public Exec withInput(String input) {
        return withInput(input.getBytes(StandardCharsets.UTF_8));
    }

    public Exec withLimit(Duration limit) {
        return new Exec(argv, env, directory, input, limit, cap);
    }

    public Exec withCap(long cap) {
        return new Exec(argv, env, directory, input, limit, cap);
    }

    private static long bytes(String word) {
        return word.getBytes(StandardCharsets.UTF_8).length + 1L;
    }

    private static SkeinException refused(String problem) {
        return new SkeinException(
                new Invalid.Call(
                        "This command cannot be run: " + problem, "Correct what is named."));
    }
}
