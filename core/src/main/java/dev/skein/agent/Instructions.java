package dev.skein.agent;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What an agent is told about itself. */
public sealed interface Instructions {
    /** Sent exactly. */
    record Verbatim(String text) implements Instructions {}

    /**
     * A text with holes in double braces: agent, today, now, namespace, channel, tools, session.KEY
     * and var.KEY. Four opening braces write two. Values are text and are never expanded again; a
     * task's variables beat these.
     */
    record Template(String text, Map<String, String> variables) implements Instructions {
        public Template {
            variables = Map.copyOf(variables);
        }
    }

    /** Written anew for each run: name, persona, date, channel, tools. */
    record Persona(String persona) implements Instructions {}

    static Instructions standard() {
        return new Persona("helpful, direct and brief");
    }

    /** The text as it stands in the definition. */
    default String source() {
        return switch (this) {
            case Verbatim(var text) -> text;
            case Template(var text, _) -> text;
            case Persona(var persona) -> persona;
        };
    }

    /** What is wrong with it, or empty. */
    default Optional<String> problem() {
        if (source().getBytes(StandardCharsets.UTF_8).length > 256 << 10)
            return Optional.of("instructions have more than 256 KiB");
        return this instanceof Template(var text, _) ? Holes.problem(text) : Optional.empty();
    }
}
