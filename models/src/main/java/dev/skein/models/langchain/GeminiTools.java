package dev.skein.models.langchain;

import dev.skein.json.Json;
import dev.skein.model.ModelCall;
import dev.skein.model.ProviderTool;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Gemini calls the tools that it runs itself, and how its answers tell that it did. */
final class GeminiTools {
    private static final Map<ProviderTool, String> FIELDS =
            Map.of(
                    ProviderTool.WEB_SEARCH, "googleSearch",
                    ProviderTool.WEB_FETCH, "urlContext",
                    ProviderTool.CODE_EXECUTION, "codeExecution");

    private GeminiTools() {}

    static Set<ProviderTool> offered() {
        return FIELDS.keySet();
    }

    static List<Json> of(ModelCall call) {
        return call.providerTools().stream().map(GeminiTools::declared).toList();
    }

    private static Json declared(ProviderTool tool) {
        var field = FIELDS.get(tool);
        if (field == null)
            throw new IllegalStateException("it was not asked whether there is " + tool);
        return Json.object(field, Json.object());
    }

    static Set<ProviderTool> used(Json reply) {
        var used = EnumSet.noneOf(ProviderTool.class);
        for (var candidate : reply.get("candidates").items()) {
            if (!candidate.path("/groundingMetadata/webSearchQueries").items().isEmpty())
                used.add(ProviderTool.WEB_SEARCH);
            if (!candidate.path("/urlContextMetadata/urlMetadata").items().isEmpty())
                used.add(ProviderTool.WEB_FETCH);
            for (var part : candidate.path("/content/parts").items())
                if (!part.get("executableCode").isNull()) used.add(ProviderTool.CODE_EXECUTION);
        }
        return used;
    }
}
