package dev.skein.benchmarks.bench;

import dev.skein.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that was started here and talks in lines. It has a temporary folder of its own, so that
 * what it leaves there is seen, and is ended by force when its time is over.
 */
final class Child implements AutoCloseable {
    private static final long LIMIT_SECONDS = 1800;
    private static final long GRACE_SECONDS = 15;

    private final Contender contender;
    private final Folder temporary;
    private final Process process;
    private final BufferedReader output;
    private final Writer input;

    private Child(Contender contender, Folder temporary, Process process) {
        this.contender = contender;
        this.temporary = temporary;
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::endWhenTooLong);
    }

    /** Starts it with these arguments; standard error goes to a file of its own. */
    static Child start(Checkout checkout, Contender contender, List<String> arguments)
            throws IOException {
        return start(checkout, contender, arguments, Map.of());
    }

    static Child start(
            Checkout checkout,
            Contender contender,
            List<String> arguments,
            Map<String, String> environment)
            throws IOException {
        var temporary = Folder.temporary();
        var errors = checkout.logs().resolve(contender.name().replace(' ', '-') + ".err");
        var options = List.of("-Djava.io.tmpdir=" + temporary.path());
        var builder =
                new ProcessBuilder(contender.command(options, arguments))
                        .directory(checkout.benchmarks().toFile())
                        .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new Child(contender, temporary, builder.start());
    }

    String name() {
        return contender.name();
    }

    long pid() {
        return process.pid();
    }

    /** The next line of output in which that stands; others are passed over. */
    String await(String part) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine())
            if (line.contains(part)) return line;
        throw new IOException(name() + " ended; benchmarks/target/logs has its last words");
    }

    void say(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** Sends a command and waits for its figures. */
    Json.Obj ask(String command) throws IOException {
        say(command);
        return (Json.Obj) Json.parse(await("{"));
    }

    /** Closes the subject and says what is left; an end that does not come by itself is noted. */
    Json.Obj end() throws IOException, InterruptedException {
        var left = ask("exit");
        boolean alone = process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
        return left.with("ended", alone).with("temporaryFiles", temporaryFiles());
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        temporary.close();
    }

    private void endWhenTooLong() {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private long temporaryFiles() throws IOException {
        try (var files = Files.walk(temporary.path())) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
