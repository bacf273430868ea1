package dev.skein.checks;

import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.models.ScriptedModel;
import dev.skein.models.ScriptedModel.Step;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A tool whose output is too large for a model, and models that read on. */
final class Spilling {
    record Nothing() {}

    private static final Pattern HANDLE = Pattern.compile("handle ([0-9a-f]{16})");
    static final String LINES =
            numbered("Zeile %07d: größer als es scheint, 10 € für 🦢\n", 200_000);

    static final ModelAgent<String> AGENT = ModelAgent.of("atlas").withTools("list");

    static List<Path> folders() throws IOException {
        try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(one -> one.getFileName().toString().startsWith("skein-run-"))
                    .sorted()
                    .toList();
        }
    }

    static String numbered(String line, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) text.append(line.formatted(i));
        return text.toString();
    }

    static Tool listing(String output) {
        return Tool.of("list", "Lists", Nothing.class, _ -> output);
    }

    static AgentRuntime open(ScriptedModel model, Tool... tools) {
        return AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(model).withTools(tools));
    }

    static ToolResult last(ModelCall call) {
        return ((Message.Results) call.messages().getLast()).results().getLast();
    }

    static String handle(ModelCall call) {
        return handle(last(call).text());
    }

    static String handle(String text) {
        var found = HANDLE.matcher(text);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    interface Choice {
        Step of(ModelCall asked) throws Exception;
    }

    static Step answer(Choice choice) {
        return asked -> {
            try {
                return choice.of(asked).answer(asked);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /** Asks for a part of what the call before gave. */
    static Step reading(long offset, long length) {
        return answer(asked -> read(handle(asked), offset, length));
    }

    static Step read(String handle, long offset, long length) {
        return call(
                "read_output", Json.object("handle", handle, "offset", offset, "length", length));
    }

    private Spilling() {}
}
