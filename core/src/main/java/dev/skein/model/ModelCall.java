package dev.skein.model;

import dev.skein.json.JsonType;
import dev.skein.tool.ToolSpec;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request to a model.
 *
 * @param id unique per attempt: the run's id, {@code /}, the number of the turn, {@code .}, the
 *     number of the attempt
 * @param tools offered tools, in the order in which they are sent
 * @param output what the answer must fit; null for free text
 * @param deadline when the caller gives up
 * @param providerTools what the provider may do by itself meanwhile
 */
public record ModelCall(
        String id,
        List<Message> messages,
        List<ToolSpec> tools,
        ModelSettings settings,
        @Nullable JsonType<?> output,
        Instant deadline,
        Set<ProviderTool> providerTools) {
    private static final Pattern TURN = Pattern.compile("/(\\d{1,9})");

    public ModelCall {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        // The same order in every process, or else no provider's cache of prompts would fit.
        providerTools = Collections.unmodifiableSet(new TreeSet<>(providerTools));
    }

    /** One that the provider answers without tools of its own. */
    public ModelCall(
            String id,
            List<Message> messages,
            List<ToolSpec> tools,
            ModelSettings settings,
            @Nullable JsonType<?> output,
            Instant deadline) {
        this(id, messages, tools, settings, output, deadline, Set.of());
    }

    public ModelCall withMessages(List<Message> messages) {
        return new ModelCall(id, messages, tools, settings, output, deadline, providerTools);
    }

    public ModelCall withId(String id) {
        return new ModelCall(id, messages, tools, settings, output, deadline, providerTools);
    }

    public ModelCall withProviderTools(Set<ProviderTool> providerTools) {
        return new ModelCall(id, messages, tools, settings, output, deadline, providerTools);
    }

    /** The run that asks: its id up to the first slash. */
    public String run() {
        int slash = id.indexOf('/');
        return slash < 0 ? id : id.substring(0, slash);
    }

    /** Which turn of its run this is, from 1; 1 if the id does not say it. */
    public int turn() {
        var matcher = TURN.matcher(id);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 1;
    }
}
