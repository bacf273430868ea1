package dev.skein.tool;

import dev.skein.name.Namespace;
import java.util.List;

/**
 * A question whether one call may happen.
 *
 * @param call exactly what will run if the answer is yes
 * @param reasons why it is asked
 */
public record Approval(
        String id,
        String runId,
        String agent,
        Namespace namespace,
        ToolCall call,
        List<String> reasons) {
    public Approval {
        reasons = List.copyOf(reasons);
    }
}
