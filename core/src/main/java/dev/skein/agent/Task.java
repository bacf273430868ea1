package dev.skein.agent;

import dev.skein.failure.Findings;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.name.Namespace;
import dev.skein.policy.RunLimits;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable work order.
 *
 * @param id names this order; two runs of one order have one id. Empty: the run's own id
 * @param metadata shown with the run everywhere: at most 32 entries, keys of 64 and values of 1,024
 *     characters
 * @param namespace where its policies, and with {@link TaskOptions#session} its conversation, are
 */
public record Task(
        String id,
        Json input,
        Map<String, String> metadata,
        @Nullable Namespace namespace,
        RunLimits.Some limits,
        TaskOptions options) {
    private static final int MOST_METADATA = 32;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_VALUE = 1_024;

    public Task {
        metadata = Map.copyOf(metadata);
        var findings = new Findings("task");
        findings.check(
                metadata.size() <= MOST_METADATA,
                "metadata may have 32 entries, has %s",
                metadata.size());
        metadata.forEach((key, value) ->
                findings.check(
                        key.length() <= LONGEST_KEY && value.length() <= LONGEST_VALUE,
                        "metadata '%s' is longer than 64 and 1,024 characters",
                        key));
        findings.orThrow();
    }

    public static Task of(String text) {
        return of(Json.of(text));
    }

    public static Task of(Json input) {
        return new Task("", input, Map.of(), null, RunLimits.Some.none(), TaskOptions.none());
    }

    /** A record, or another value that has a schema. */
    public static Task of(Object value) {
        return of(JsonType.encodeAny(value));
    }

    /** Continues the conversation that is stored for that namespace and the agent. */
    public Task in(Namespace namespace) {
        return new Task(id, input, metadata, namespace, limits, options.withSession(true));
    }

    /** Under the policies of that namespace, without a stored conversation. */
    public Task under(Namespace namespace) {
        return new Task(id, input, metadata, namespace, limits, options.withSession(false));
    }

    public Task withId(String id) {
        return new Task(id, input, metadata, namespace, limits, options);
    }

    public Task withMetadata(Map<String, String> metadata) {
        return new Task(id, input, metadata, namespace, limits, options);
    }

    public Task withLimits(RunLimits.Some limits) {
        return new Task(id, input, metadata, namespace, limits, options);
    }

    public Task withMaxTurns(int turns) {
        return withLimits(limits.withMaxTurns(turns));
    }

    public Task withDeadline(Duration total) {
        return withLimits(limits.withDeadline(total));
    }

    public Task withOptions(TaskOptions options) {
        return new Task(id, input, metadata, namespace, limits, options);
    }

    public Task withModel(String model) {
        return withOptions(options.withModel(model));
    }

    /** One model call, no tools. */
    public Task toolless() {
        return withOptions(options.withToolless(true));
    }

    public Task withVariables(Map<String, String> variables) {
        return withOptions(options.withVariables(variables));
    }
}
