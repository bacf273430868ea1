package dev.skein.cli;

import dev.skein.home.FoundRuntime;
import dev.skein.json.Json;
import dev.skein.policy.Timekeeper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * A live root run, as its runtime told of it.
 *
 * @param row what the runtime says of the run
 */
record LiveRun(FoundRuntime runtime, Json row) {
    private static final int SHOWN = 8;

    String id() {
        return row.get("id").text();
    }

    /** The first characters of an id, as people see it. */
    static String shown(String id) {
        return id.substring(0, Math.min(SHOWN, id.length()));
    }

    String name() {
        return row.get("name").text();
    }

    Instant startedAt() {
        return Instant.parse(row.get("startedAt").text());
    }

    /** The run and its name, where several are listed. */
    String label() {
        return shown(id()) + " " + name();
    }

    /** The route of the run with that behind it. */
    String route(String rest) {
        return "/v1/runs/" + id() + rest;
    }

    /** Connects to its runtime; the caller closes it. */
    ControlClient open(Timekeeper time) {
        return client(runtime, time);
    }

    /** A client of a runtime that has a control socket. */
    static ControlClient client(FoundRuntime runtime, Timekeeper time) {
        var socket = Objects.requireNonNullElse(runtime.card().socket(), "");
        return new ControlClient(runtime.id(), Path.of(socket), time);
    }
}
