package dev.skein.checks;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.RunResult;
import dev.skein.event.Entry;
import dev.skein.event.RunEvent;
import dev.skein.failure.SkeinException;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Scope;
import dev.skein.runtime.Workflow;
import dev.skein.tool.Handler;
import dev.skein.tool.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** What tests of workflows share: agents on a script, and what was seen of a run. */
final class Flows {
    static final Duration LONG = Duration.ofSeconds(60);

    record Nothing() {}

    record Finish(String summary) {}

    interface Body {
        @Nullable Object run(Scope scope) throws Exception;
    }

    /** What the body gave, and every entry of the run and what is below it. */
    record Seen(RunResult<@Nullable Object> result, List<Entry> entries) {
        List<String> kinds() {
            return entries.stream().map(entry -> entry.event().kind()).toList();
        }

        <E> List<E> all(Class<E> type) {
            return entries.stream()
                    .map(Entry::event)
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }
    }

    private Flows() {}

    static RuntimeConfig scripted(ScriptedModel model) {
        return RuntimeConfig.defaults().withNamedModel("script", model);
    }

    static ModelAgent<String> agent(String name) {
        return ModelAgent.of(name).withModel("script");
    }

    static Seen run(RuntimeConfig config, Body body) throws InterruptedException {
        try (var runtime = AgentRuntime.open(config)) {
            Workflow<@Nullable Void, @Nullable Object> workflow =
                    Workflow.named("root", (scope, _) -> body.run(scope));
            var handle = runtime.spawn("root", workflow, null);
            var result = handle.result();
            var entries = new ArrayList<Entry>();
            try (var events = handle.treeEvents(0)) {
                events.forEach(entries::add);
            }
            return new Seen(result, entries);
        }
    }

    static String codeOf(ThrowingCallable work) {
        var thrown = catchThrowableOfType(SkeinException.class, work);
        return thrown == null ? "" : thrown.failure().code();
    }

    /** Returns when the thread waits for something. */
    static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) Thread.onSpinWait();
    }

    static List<String> kinds(Iterable<Entry> entries) {
        var kinds = new ArrayList<String>();
        for (var entry : entries) kinds.add(entry.event().kind());
        return kinds;
    }

    /** Adds the path of a run that began or ended. */
    static void note(Entry entry, List<String> begun, List<String> ended) {
        if (entry.event() instanceof RunEvent.RunStarted) begun.add(entry.origin().path());
        if (entry.event() instanceof RunEvent.RunEnded) ended.add(entry.origin().path());
    }

    /** Names of the tools that the model was shown. */
    static List<String> tools(ModelCall call) {
        return call.tools().stream().map(tool -> tool.name()).toList();
    }

    /** The results of tools, oldest first. */
    static List<ToolResult> results(ModelCall call) {
        return call.messages().stream()
                .filter(Message.Results.class::isInstance)
                .flatMap(message -> ((Message.Results) message).results().stream())
                .toList();
    }

    /** The lines of the user's messages. */
    static List<String> said(ModelCall call) {
        return call.messages().stream()
                .filter(Message.User.class::isInstance)
                .flatMap(message -> message.text().lines())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** A tool that comes back only when it is interrupted, and says so. */
    static <A> Handler<A> stuck(CountDownLatch interrupted) {
        return _ -> {
            try {
                new CountDownLatch(1).await();
                return "never";
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        };
    }
}
