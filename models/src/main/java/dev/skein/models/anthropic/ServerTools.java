package dev.skein.models.anthropic;

import dev.skein.json.Json;
import dev.skein.model.ModelCall;
import dev.skein.model.ProviderTool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What this provider calls the tools that it runs itself. */
final class ServerTools {
    private static final Map<ProviderTool, String> TYPES =
            Map.of(
                    ProviderTool.WEB_SEARCH, "web_search_20250305",
                    ProviderTool.WEB_FETCH, "web_fetch_20250910",
                    ProviderTool.CODE_EXECUTION, "code_execution_20250825");

    /** What runs code has a name for each way of it. */
    private static final String CODE = "code_execution";

    private ServerTools() {}

    static Set<ProviderTool> offered() {
        return TYPES.keySet();
    }

    static List<Json> of(ModelCall call) {
        return call.providerTools().stream().map(ServerTools::declared).toList();
    }

    private static Json declared(ProviderTool tool) {
        var type = TYPES.get(tool);
        if (type == null)
            throw new IllegalStateException("it was not asked whether there is " + tool);
        return Json.object("type", type, "name", tool.word());
    }

    /** The tool that a block of an answer names. */
    static Optional<ProviderTool> named(String name) {
        if (name.endsWith(CODE)) return Optional.of(ProviderTool.CODE_EXECUTION);
        return TYPES.keySet().stream().filter(tool -> tool.word().equals(name)).findFirst();
    }
}
