package dev.skein.benchmarks.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.benchmarks.workflows.Aim;
import dev.skein.benchmarks.workflows.LiveProgram;
import dev.skein.benchmarks.workflows.WorkflowProgram;
import dev.skein.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What workflows cost, beside what is wanted of them. Everything happens in one process, but for
 * the command {@code skein ls}, which looks into others.
 *
 * @param share of the full counts: one part in so many
 */
record Workflows(Session session, int share) {
    private static final String FILE = "workflows";
    private static final int LIVE = 25;
    private static final String TABLE = "| | median | wanted | |\n|---|---:|---:|---|\n";

    void measure() throws IOException, InterruptedException {
        inside();
        commands();
        session.say("workflows are done");
    }

    private void inside() throws IOException {
        int rounds = session.settings().rounds();
        try (var home = Folder.temporary();
                var child =
                        program(
                                WorkflowProgram.class,
                                home.path(),
                                List.of(Integer.toString(rounds), Integer.toString(share)))) {
            int round = 0;
            for (var line = child.await(""); !line.equals("END"); line = child.await(""))
                if (line.startsWith("ROUND")) round++;
                else keep(Json.parse(line), round);
        }
    }

    private void keep(Json line, int round) throws IOException {
        session.append(FILE, ((Json.Obj) line).with("round", round));
    }

    /** The command on one live runtime, and on many of which half were killed just before. */
    private void commands() throws IOException, InterruptedException {
        try (var home = Folder.temporary();
                var live = live(home.path(), 1)) {
            live.await("READY");
            for (int round = 0; round < session.settings().rounds(); round++)
                keep(Aim.SHELL, list(home.path()), round);
        }
        try (var home = Folder.temporary();
                var live = live(home.path(), LIVE)) {
            live.await("READY");
            for (int round = 0; round < session.settings().rounds(); round++) {
                try (var dead = live(home.path(), LIVE)) {
                    dead.await("READY");
                }
                keep(Aim.LIST, list(home.path()), round);
            }
        }
    }

    private Child live(Path home, int count) throws IOException {
        return program(LiveProgram.class, home, List.of(Integer.toString(count)));
    }

    private Child program(Class<?> main, Path home, List<String> arguments) throws IOException {
        var all = new ArrayList<>(List.of(home.toString()));
        all.addAll(arguments);
        return Child.start(
                session.checkout(), Contender.program(session.checkout(), main.getName()), all);
    }

    private void keep(Aim aim, double millis, int round) throws IOException {
        keep(Json.object("aim", aim.name(), "value", millis), round);
    }

    /** Milliseconds of {@code skein ls}, which must find something. */
    private double list(Path home) throws IOException, InterruptedException {
        var skein = session.checkout().root().resolve("skein").toString();
        var builder = new ProcessBuilder(skein, "ls").redirectErrorStream(true);
        builder.environment().put("SKEIN_HOME", home.toString());
        long began = System.nanoTime();
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        int code = process.waitFor();
        if (code != 0 || !said.contains("waiting"))
            throw new IOException("skein ls ended with " + code + " and said: " + said);
        return (System.nanoTime() - began) / 1e6;
    }

    /** What was measured, the first round left out if there are more. */
    static String table(List<Json> lines) {
        return figures(lines).stream()
                .map(Workflows::row)
                .collect(Collectors.joining("\n", TABLE, "\n"));
    }

    private record Found(Aim aim, Spread spread) {}

    private static List<Found> figures(List<Json> lines) {
        boolean many = lines.stream().anyMatch(line -> line.get("round").asLong(0) > 0);
        var found = new ArrayList<Found>();
        for (var aim : Aim.values()) {
            var values =
                    lines.stream()
                            .filter(line -> line.get("aim").text().equals(aim.name()))
                            .filter(line -> !many || line.get("round").asLong(0) > 0)
                            .map(line -> line.get("value").asDouble(Double.NaN))
                            .toList();
            if (!values.isEmpty()) found.add(new Found(aim, Spread.of(values)));
        }
        return found;
    }

    private static String row(Found found) {
        var aim = found.aim();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s %,.0f | %s |",
                aim.title(),
                found.spread().text(found.spread().median() < 100 ? 2 : 0),
                aim.atLeast() ? "≥" : "≤",
                aim.limit(),
                aim.met(found.spread().median()) ? "met" : "**missed**");
    }
}
