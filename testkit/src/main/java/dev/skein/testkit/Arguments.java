package dev.skein.testkit;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;

/** Arguments between the wires that carry them as text and those that carry them as objects. */
final class Arguments {
    private Arguments() {}

    /**
     * JSON if the text is some, else the text itself: what is broken arrives as something that is
     * no object.
     */
    static Json orText(String text) {
        try {
            return Json.parse(text);
        } catch (SkeinException e) {
            // Broken on purpose, by a fault or by the client under test.
            return new Json.Text(text);
        }
    }
}
