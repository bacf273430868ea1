package dev.skein.cli;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.view.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls an endpoint with what was typed, and prints what it answers. */
record EndpointCalling(LiveRun run, ControlClient client, Duration limit, Output output) {
    /**
     * The arguments as they were typed.
     *
     * @param all as JSON, a file behind an @, or a dash; null: the words say it
     */
    record Given(List<String> words, @Nullable String all) {}

    /** Returns the exit code. Blocks until the endpoint has answered. */
    int call(String name, Given given, String tag) throws InterruptedException {
        if (!tag.matches("[a-z0-9._-]{1,40}"))
            throw refused("--as '" + tag + "' is not [a-z0-9._-]{1,40}", "Use another tag.");
        var endpoint = endpoint(name);
        var schema = endpoint.map(one -> one.get("schema")).orElse(Json.object());
        Json arguments;
        try {
            arguments = arguments(given, schema);
        } catch (SkeinException e) {
            var signature = Signature.of(name, schema);
            return output.fail(ExitCode.USAGE, e.failure(), signature);
        }
        var route = run.route("/endpoints/" + ControlClient.part(name));
        return print(client.post(route, arguments, tag, limit).get("value"));
    }

    /** Empty if there is none yet: the runtime knows whether it may still come. */
    private Optional<Json> endpoint(String name) throws InterruptedException {
        return client.get(run.route("/endpoints"), limit).get("rows").items().stream()
                .filter(row -> row.get("name").text().equalsIgnoreCase(name))
                .findFirst();
    }

    private Json arguments(Given given, Json schema) {
        if (given.all() == null) return new Arguments(schema).read(given.words());
        if (!given.words().isEmpty())
            throw refused("--args gives all arguments", "Leave out " + given.words().getFirst());
        var value = Json.parse(text(given.all()));
        if (value instanceof Json.Obj) return value;
        throw refused("--args is not a JSON object", "Write it like {\"key\":\"value\"}.");
    }

    private static String text(String all) {
        if (!all.startsWith("@")) return new Input(all).text();
        var file = Path.of(all.substring(1));
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw refused(file + " cannot be read: " + e, "Check the path.");
        }
    }

    private int print(Json value) {
        if (output.manner().json()) output.json(value);
        else
            output.line(
                    value instanceof Json.Text(var text) ? text : new Indented(value).toString());
        return output.written();
    }

    private static SkeinException refused(String problem, String remedy) {
        return new SkeinException(new Invalid.Call(problem, remedy));
    }
}
