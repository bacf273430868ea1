package dev.skein.cli;

import dev.skein.home.RunCard;
import dev.skein.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The table of runs.
 *
 * @param ended whether those that have ended are listed too
 */
record RunList(Runtimes.Found found, Instant now, boolean ended) {
    private static final int MOST_ENDED = 20;
    private static final int SESSIONS = 3;

    Json json() {
        var rows = new ArrayList<Json>();
        for (var run : found.live()) rows.add(json(run));
        for (var card : cards()) rows.add(json(card));
        var silent = found.silent().stream().map(runtime -> Json.of(runtime.id())).toList();
        return Json.object("rows", rows, "total", rows.size(), "notResponding", silent);
    }

    List<String> lines() {
        var cards = cards();
        if (found.live().isEmpty() && found.silent().isEmpty() && cards.isEmpty())
            return List.of(ended ? "No runs." : "No live runs.");
        var table = new Table(SESSIONS);
        table.row("RUN", "NAME", "STATUS", "SESSIONS", "AGE", "SPEND", "PROGRAM");
        for (var run : found.live()) add(table, run);
        for (var runtime : found.silent())
            table.row(
                    "-",
                    "runtime " + runtime.id(),
                    "not responding",
                    "-",
                    age(runtime.card().startedAt()),
                    "-",
                    runtime.card().program());
        for (var card : cards) add(table, card);
        return table.lines();
    }

    private void add(Table table, LiveRun run) {
        var row = run.row();
        table.row(
                LiveRun.shown(run.id()),
                run.name(),
                row.get("status").text(),
                Long.toString(row.get("sessions").asLong()),
                age(run.startedAt()),
                new Spend(row.get("usage").get("cost")).toString(),
                run.runtime().card().program());
    }

    private void add(Table table, RunCard card) {
        table.row(
                LiveRun.shown(card.id()),
                card.name(),
                card.standing().status(),
                "-",
                age(card.startedAt()),
                "-",
                card.host().program());
    }

    private String age(Instant started) {
        return new Age(Duration.between(started, now)).toString();
    }

    private List<RunCard> cards() {
        if (!ended || found.home().isEmpty()) return List.of();
        var live = new HashSet<String>();
        for (var run : found.live()) live.add(run.id());
        return found.home().get().runs().stream()
                .filter(folder -> !live.contains(folder.id()))
                .flatMap(folder -> Chosen.card(folder).stream())
                .filter(card -> card.standing().over())
                .limit(MOST_ENDED)
                .toList();
    }

    private static Json json(LiveRun run) {
        var row = run.row() instanceof Json.Obj object ? object : Json.object();
        var card = run.runtime().card();
        return row.with("program", card.program())
                .with("pid", card.process().pid())
                .with("runtime", run.runtime().id());
    }

    private static Json json(RunCard card) {
        var ended = card.standing().endedAt();
        return Json.object("id", card.id(), "name", card.name(), "path", card.path())
                .with("status", card.standing().status())
                .with("startedAt", card.startedAt().toString())
                .with("endedAt", ended == null ? null : ended.toString())
                .with("program", card.host().program())
                .with("pid", card.host().pid())
                .with("runtime", card.host().runtime());
    }
}
