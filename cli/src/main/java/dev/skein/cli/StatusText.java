package dev.skein.cli;

import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.view.RunPicture;
import dev.skein.view.StatusPage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that is known of one run, as rows with a heading each. */
record StatusText(RunPicture picture, Host host, Instant now) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final int HEADING = 13;

    /**
     * What the run itself does not know.
     *
     * @param files its folder; null: it keeps none
     */
    record Host(String program, long pid, String summary, @Nullable Path files) {}

    Json json() {
        var json = JsonType.of(RunPicture.class).encode(picture);
        var files = host.files();
        return ((Json.Obj) json)
                .with("program", host.program())
                .with("pid", host.pid())
                .with("summary", host.summary())
                .with("files", files == null ? null : files.toString());
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        add(lines, "Run", run());
        add(lines, "Program", program());
        if (!host.summary().isBlank()) add(lines, "Summary", new Table().row(host.summary()));
        if (host.files() != null) add(lines, "Files", new Table().row(shortened(host.files())));
        add(lines, "Sessions", sessions());
        add(lines, "Children", children());
        add(lines, "Connections", connections());
        add(lines, "Endpoints", endpoints());
        add(lines, "Approvals", approvals());
        add(lines, "Spend", new Table().row(StatusPage.spend(picture.spent())));
        return lines;
    }

    private static void add(List<String> lines, String heading, Table table) {
        var left = heading;
        for (var line : table.lines()) {
            lines.add(left + " ".repeat(HEADING - left.length()) + line);
            left = "";
        }
    }

    private Table run() {
        var identity = picture.identity();
        var progress = picture.progress();
        return new Table()
                .row(
                        LiveRun.shown(identity.id()),
                        identity.name(),
                        progress.words(),
                        "attempt " + progress.attempt());
    }

    private Table program() {
        var started = picture.progress().started();
        var when =
                started == null
                        ? "not started"
                        : "started " + TIME.format(started) + " (" + age(started) + ")";
        return new Table().row(host.program(), "pid " + host.pid(), when);
    }

    private Age age(Instant started) {
        return new Age(Duration.between(started, now));
    }

    private static String shortened(Path folder) {
        var id = folder.getFileName().toString();
        return folder.resolveSibling(LiveRun.shown(id)) + "…";
    }

    private Table sessions() {
        var table = new Table();
        family(picture)
                .flatMap(run -> run.sessions().stream())
                .forEach(session ->
                        table.row(
                                below(session.path()),
                                session.state().name().toLowerCase(Locale.ROOT),
                                session.agent(),
                                session.waiting() == 0 ? "" : session.waiting() + " waiting"));
        return table;
    }

    /** The path without the name of the run itself. */
    private String below(String path) {
        var own = picture.identity().path() + "/";
        return path.startsWith(own) ? path.substring(own.length()) : path;
    }

    private Table children() {
        var table = new Table();
        for (var child : picture.children()) {
            var failure = child.progress().failure();
            table.row(
                    child.identity().name(),
                    child.identity().target(),
                    child.progress().words(),
                    "attempt "
                            + child.progress().attempt()
                            + (failure == null ? "" : ", last failure " + failure.code()));
        }
        return table;
    }

    private Table connections() {
        var table = new Table();
        family(picture)
                .flatMap(run -> run.surface().connections().stream())
                .forEach(connection ->
                        table.row(below(connection.from()) + " → " + below(connection.to())));
        return table;
    }

    private Table endpoints() {
        var table = new Table();
        for (var endpoint : picture.surface().endpoints())
            if (!endpoint.internal())
                table.row(
                        endpoint.signature(),
                        endpoint.description().lines().findFirst().orElse(""));
        return table;
    }

    private Table approvals() {
        var table = new Table();
        family(picture)
                .flatMap(run -> run.surface().approvals().stream())
                .forEach(asked ->
                        table.row(
                                asked.id(), below(asked.path()), asked.tool(), asked.arguments()));
        return table;
    }

    private static Stream<RunPicture> family(RunPicture run) {
        return Stream.concat(Stream.of(run), run.children().stream().flatMap(StatusText::family));
    }
}
