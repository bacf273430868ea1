package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.agent;
import static dev.skein.checks.Flows.scripted;
import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.Entry;
import dev.skein.event.RunEvent;
import dev.skein.event.ToolEvent;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.Workflow;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models that do not leave when they are interrupted keep nobody waiting for ever. */
@Timeout(120)
class DeafModelTest {
    private static final int DEAF = 3;

    private final CountDownLatch asked = new CountDownLatch(DEAF);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger back = new AtomicInteger();

    private ScriptedModel deaf() {
        var answer = text("too late");
        return always(call -> {
            asked.countDown();
            while (true) {
                try {
                    release.await();
                    back.incrementAndGet();
                    return answer.answer(call);
                } catch (InterruptedException e) {
                    assertThat(e).isNotNull(); // it does not care
                }
            }
        });
    }

    @Test
    @Tag("WF-63")
    @Tag("WF-06")
    void aRunEndsWithoutThem() throws InterruptedException {
        Workflow<@Nullable Void, @Nullable Object> workflow =
                Workflow.named(
                        "root",
                        (scope, _) -> {
                            scope.spawn("child", agent("child"), Task.of("hello"));
                            scope.open(agent("worker")).send("hello");
                            asked.await();
                            return "left";
                        });
        try (var runtime = AgentRuntime.open(scripted(deaf()))) {
            var alone = runtime.spawn(agent("alone"), Task.of("hello"));
            var handle = runtime.spawn("root", workflow, null);
            asked.await();
            alone.cancel("enough");
            assertThat(alone.result()).isInstanceOf(RunResult.Canceled.class);
            assertThat(handle.await(LONG)).isEqualTo("left");
            assertThat(Facts.all(runtime, ToolEvent.ThreadAbandoned.class)).hasSize(DEAF);
            release.countDown();
            while (back.get() < DEAF) Thread.onSpinWait();
            var child = runtime.spawn(agent("other"), Task.of("hello"));
            assertThat(child.result()).isInstanceOf(RunResult.Completed.class);
            assertThat(Facts.of(runtime)).allMatch(entry -> !isBehindItsEnd(runtime, entry));
        }
    }

    private static boolean isBehindItsEnd(AgentRuntime runtime, Entry entry) {
        try {
            return Facts.ofRun(runtime, entry.origin().run()).stream()
                    .anyMatch(other ->
                            other.event() instanceof RunEvent.RunEnded
                                    && other.number() < entry.number());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
