package dev.skein.runtime;

import dev.skein.agent.Holes;
import dev.skein.agent.Instructions;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.Preamble;
import dev.skein.agent.Task;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.failure.Violation;
import dev.skein.json.Json;
import dev.skein.tool.ToolSpec;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Writes an agent's instructions for one turn. The same definition, tools, date and inputs give the
 * same bytes.
 */
record Prompt(ModelAgent<?> agent, Task task, Preamble preamble, Surroundings around) {
    /** What the instructions may speak of beside the definition. */
    record Surroundings(ZonedDateTime now, String namespace, Map<String, Json> session) {}

    String text(List<ToolSpec> tools) {
        return switch (agent.instructions()) {
            case Instructions.Verbatim(var text) -> text;
            case Instructions.Template(var text, var variables) ->
                    Holes.fill(text, hole -> value(hole, variables, tools));
            case Instructions.Persona(var persona) -> generated(persona, tools);
        };
    }

    private String generated(String persona, List<ToolSpec> tools) {
        var text = new StringBuilder();
        text.append("You are ").append(agent.name()).append(": ").append(persona).append(".\n");
        text.append("Today is ")
                .append(around.now().toLocalDate())
                .append(". You are speaking through ")
                .append(preamble.channel())
                .append(".\n");
        text.append("If you are not sure, say so; do not make things up.");
        if (!tools.isEmpty()) text.append("\n\nYour tools:\n").append(lines(tools));
        for (var section : preamble.sections())
            text.append("\n\n").append(section.title()).append(":\n").append(section.text());
        return text.toString();
    }

    private static String lines(List<ToolSpec> tools) {
        var lines = new StringBuilder();
        for (var tool : tools) {
            if (!lines.isEmpty()) lines.append('\n');
            lines.append("- ")
                    .append(tool.name())
                    .append(": ")
                    .append(tool.description().lines().findFirst().orElse(""));
        }
        return lines.toString();
    }

    private String value(String hole, Map<String, String> variables, List<ToolSpec> tools) {
        return switch (hole) {
            case "agent" -> agent.name();
            case "today" -> around.now().toLocalDate().toString();
            case "now" ->
                    around.now().truncatedTo(ChronoUnit.SECONDS).toOffsetDateTime().toString();
            case "namespace" -> around.namespace();
            case "channel" -> preamble.channel();
            case "tools" -> lines(tools);
            default -> keyed(hole, variables);
        };
    }

    private String keyed(String hole, Map<String, String> variables) {
        var key = hole.substring(hole.indexOf('.') + 1);
        if (hole.startsWith("session.")) {
            var value = around.session().get(key);
            if (value == null) throw absent(hole);
            return value instanceof Json.Text(var plain) ? plain : value.canonical();
        }
        var given = task.options().variables().getOrDefault(key, variables.get(key));
        if (given == null) throw absent(hole);
        return given;
    }

    private SkeinException absent(String hole) {
        return new SkeinException(
                new Invalid.Input(
                        "Instructions of '" + agent.name() + "'",
                        List.of(new Violation("{{" + hole + "}}", "a value", "nothing"))));
    }
}
