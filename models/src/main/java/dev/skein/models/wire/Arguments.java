package dev.skein.models.wire;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;

/** The arguments of a call as models write them. */
public final class Arguments {
    private Arguments() {}

    /**
     * The JSON in that text; nothing at all is an object without fields, and what is no JSON stays
     * text.
     */
    public static Json read(String text) {
        if (text.isBlank()) return Json.object();
        try {
            return Json.parse(text);
        } catch (SkeinException noJson) {
            return new Json.Text(text);
        }
    }

    /** The text that a model wrote. */
    public static String text(Json arguments) {
        return arguments instanceof Json.Text(var raw) ? raw : arguments.canonical();
    }
}
