package dev.skein.runtime;

import dev.skein.event.ToolEvent;
import dev.skein.json.Json;
import dev.skein.name.Namespace;
import dev.skein.tool.ToolContext;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A tool call as the tool sees it. */
record CallContext(LiveRun<?> run, String callId, String key, Instant deadline)
        implements ToolContext {
    private static final int LONGEST_PROGRESS = 4096;

    @Override
    public String runId() {
        return run.id();
    }

    @Override
    public String agent() {
        return run.name();
    }

    @Override
    public Namespace namespace() {
        return run.namespace();
    }

    @Override
    public Optional<Json> session(String name) {
        var session = run.sessionKey();
        if (session == null) return Optional.empty();
        return run.conversations().load(session).map(stored -> stored.metadata().get(name));
    }

    @Override
    public void progress(String text) {
        run.record(new ToolEvent.ToolProgressed(callId, run.keep("text/plain", cut(text))));
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST_PROGRESS) return text;
        boolean inside = Character.isHighSurrogate(text.charAt(LONGEST_PROGRESS - 1));
        return text.substring(0, inside ? LONGEST_PROGRESS - 1 : LONGEST_PROGRESS);
    }

    @Override
    public <T> Callable<T> bind(Callable<T> work) {
        return Lineage.bind(run, () -> Serving.serving(callId, work));
    }
}
