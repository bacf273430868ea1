package dev.skein.harness;

import dev.skein.agent.HarnessAgent;
import dev.skein.machine.Machine;
import dev.skein.machine.Place;
import dev.skein.tool.ToolSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is started with.
 *
 * @param path of its session, from the root run
 * @param epoch counts the starts of this session's agent, from 1
 * @param machine on which it is to work; null: where its harness says
 * @param place for a machine of its harness's own, which ends with the seat
 * @param tools that it may call from the first moment on
 * @param conversation that it goes on with, as {@link Report.ConversationMoved} named it; null: a
 *     new one
 */
public record Launch(
        String path,
        long epoch,
        HarnessAgent<?> agent,
        @Nullable Machine machine,
        Place place,
        List<ToolSpec> tools,
        @Nullable String conversation) {
    public Launch {
        tools = List.copyOf(tools);
    }
}
