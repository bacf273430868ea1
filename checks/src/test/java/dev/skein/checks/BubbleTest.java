package dev.skein.checks;

import static dev.skein.checks.Flows.LONG;
import static dev.skein.checks.Flows.kinds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.checks.Flows.Nothing;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.Event.Emitted;
import dev.skein.event.RunEvent;
import dev.skein.event.WorkflowEvent.Bubbled;
import dev.skein.json.Json;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RunHandle;
import dev.skein.runtime.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of runs that others read: from the first, from now on, or in the run above. */
class BubbleTest {
    private static List<Bubbled> bubbled(RunHandle<?> run) {
        var all = new ArrayList<Bubbled>();
        try (var reader = run.events()) {
            for (var entry : reader) if (entry.event() instanceof Bubbled one) all.add(one);
        }
        return all;
    }

    private static Event original(AgentRuntime runtime, Bubbled bubbled) {
        return runtime.journal()
                .entry(bubbled.run(), bubbled.number())
                .map(Entry::event)
                .orElseThrow();
    }

    /** Starts the child, forwards what it says, and ends after it. */
    private static Workflow<@Nullable Void, @Nullable Void> above(
            Workflow<@Nullable Void, @Nullable Void> child, @Nullable String source, String name) {
        return Workflow.named(
                name,
                (scope, _) -> {
                    var handle = scope.spawn(child.name(), child, null);
                    if (source == null) scope.bubble(handle);
                    else scope.bubble(handle, source);
                    handle.await();
                    return null;
                });
    }

    @Test
    @Tag("WF-55")
    void whatAChildEmitsBubblesUpBeforeItsParentEnds() throws InterruptedException {
        Workflow<@Nullable Void, @Nullable Void> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            for (int i = 0; i < 1_000; i++) scope.emit("n", i);
                            return null;
                        });
        Workflow<@Nullable Void, @Nullable Void> body =
                Workflow.named(
                        "parent",
                        (scope, _) -> {
                            var handle = scope.spawn("child", child, null);
                            scope.bubble(handle, "c");
                            handle.await();
                            return null;
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("parent", body, null);
            handle.await(LONG);
            try (var events = handle.events()) {
                var types = kinds(events);
                assertThat(types.stream().filter("bubbled"::equals)).hasSize(1_001);
                assertThat(types).endsWith("run_ended");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("WF-55")
    void theDeepestSourceWinsAndDataStayAsTheyWere(boolean named) throws InterruptedException {
        Workflow<@Nullable Void, @Nullable Void> leaf =
                Workflow.named(
                        "leaf",
                        (scope, _) -> {
                            scope.emit("nothing", null);
                            scope.emit("list", List.of(1, "b"));
                            return null;
                        });
        var middle = above(leaf, named ? "g" : null, "middle");
        var root = above(middle, named ? "m" : null, "root");
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("root", root, null);
            handle.await(LONG);
            var seen = bubbled(handle);
            assertThat(seen)
                    .extracting(one -> one.path() + " " + one.source())
                    .containsExactly(
                            "root/middle/leaf " + (named ? "g" : "null"),
                            "root/middle/leaf " + (named ? "g" : "null"),
                            "root/middle/leaf " + (named ? "g" : "null"),
                            "root/middle " + (named ? "m" : "null"));
            assertThat(original(runtime, seen.get(0)))
                    .isEqualTo(new Emitted("nothing", Json.nothing()));
            assertThat(original(runtime, seen.get(1)))
                    .isEqualTo(new Emitted("list", Json.array(List.of(Json.of(1), Json.of("b")))));
            assertThat(seen.subList(2, 4))
                    .allMatch(one -> original(runtime, one) instanceof RunEvent.RunEnded);
        }
    }

    @Test
    @Tag("WF-55")
    void aRunThatHasEndedBubblesAllTheSame() throws InterruptedException {
        Workflow<@Nullable Void, @Nullable Void> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            scope.emit("a", null);
                            scope.emit("b", null);
                            return null;
                        });
        Workflow<@Nullable Void, @Nullable Void> parent =
                Workflow.named(
                        "parent",
                        (scope, _) -> {
                            var handle = scope.spawn("child", child, null);
                            handle.await();
                            scope.bubble(handle);
                            return null;
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("parent", parent, null);
            handle.await(LONG);
            assertThat(bubbled(handle))
                    .extracting(one -> original(runtime, one).kind())
                    .containsExactly("emitted", "emitted", "run_ended");
            assertLastIsTheEnd(handle);
        }
    }

    @Test
    @Tag("WF-55")
    void whatAChildHasEmittedIsThereInOrderWhenItsParentReturnsAtOnce()
            throws InterruptedException {
        var emitted = new CountDownLatch(1);
        Workflow<@Nullable Void, @Nullable Void> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            for (int i = 0; i < 1_000; i++) scope.emit("n", i);
                            emitted.countDown();
                            return null;
                        });
        Workflow<@Nullable Void, @Nullable Void> parent =
                Workflow.named(
                        "parent",
                        (scope, _) -> {
                            scope.bubble(scope.spawn("child", child, null));
                            emitted.await();
                            return null;
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("parent", parent, null);
            handle.await(LONG);
            var seen = bubbled(handle).stream().map(one -> original(runtime, one)).toList();
            assertThat(seen).hasSize(1_001);
            for (int i = 0; i < 1_000; i++)
                assertThat(seen.get(i)).isEqualTo(new Emitted("n", Json.of(i)));
            assertThat(seen.getLast()).isInstanceOf(RunEvent.RunEnded.class);
            assertLastIsTheEnd(handle);
        }
    }

    private static void assertLastIsTheEnd(RunHandle<?> run) {
        try (var reader = run.events()) {
            assertThat(kinds(reader)).endsWith("run_ended").containsOnlyOnce("run_ended");
        }
    }

    @Test
    @Tag("WF-53")
    void whatWasSaidBeforeIsFoundFromTheFirstEntryAndNotFromNowOn() throws InterruptedException {
        Workflow<@Nullable Void, @Nullable Void> child =
                Workflow.named(
                        "child",
                        (scope, _) -> {
                            scope.emit("ready", 7);
                            scope.expose("ping", "Pings.", Nothing.class, _ -> "");
                            scope.await();
                            return null;
                        });
        try (var runtime = AgentRuntime.open()) {
            var handle = runtime.spawn("child", child, null);
            handle.call("ping", null, String.class);
            try (var later = handle.newEvents();
                    var all = handle.events()) {
                var limit = Duration.ofMillis(20);
                assertThat(later.first(Emitted.class, one -> one.type().equals("ready"), limit))
                        .isEmpty();
                assertThat(later.ended()).isFalse();
                assertThat(all.first(Emitted.class, one -> one.type().equals("ready"), LONG))
                        .contains(new Emitted("ready", Json.of(7)));
            }
        }
    }
}
