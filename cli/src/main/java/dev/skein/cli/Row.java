package dev.skein.cli;

import dev.skein.failure.Failure;
import dev.skein.json.Json;
import java.util.Locale;

/** One line of what the doctor found. */
record Row(State state, String name, String text) {
    enum State {
        OK,
        WARN,
        NONE,
        ERROR
    }

    static Row ok(String name, String text) {
        return new Row(State.OK, name, text);
    }

    static Row warn(String name, String text) {
        return new Row(State.WARN, name, text);
    }

    static Row none(String name, String text) {
        return new Row(State.NONE, name, text);
    }

    static Row error(String name, Failure failure) {
        return new Row(State.ERROR, name, failure.message() + " " + failure.remedy());
    }

    String line() {
        return String.format(Locale.ROOT, "%-5s %-9s %s", word(), name, text);
    }

    Json json() {
        return Json.object("state", word(), "name", name, "text", text);
    }

    private String word() {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
