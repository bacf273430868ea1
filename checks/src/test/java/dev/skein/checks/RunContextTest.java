package dev.skein.checks;

import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.calls;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.json.Json;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.policy.ContextCarrier;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What threads that work for a run know of it: the logging context, and what carriers carry. */
class RunContextTest {
    record Nothing() {}

    record Ask(String id) {}

    private static final ModelAgent<String> AGENT = ModelAgent.of("atlas").withTools("look");

    private final Map<String, Map<String, String>> seen = new ConcurrentHashMap<>();

    @AfterEach
    void nothingIsLeftOnThisThread() {
        assertThat(logged()).isEmpty();
    }

    private static Map<String, String> logged() {
        var context = new TreeMap<String, String>();
        var all = MDC.getCopyOfContextMap();
        if (all != null) context.putAll(all);
        return context;
    }

    @Test
    @Tag("AG-97")
    void aLogLineInAToolTellsWhoseItIsAndOneAfterTheRunDoesNot() throws Exception {
        var look = Tool.of("look", "Looks", Nothing.class, _ -> remember("call"));
        var model = ScriptedModel.of(call("look", new Nothing()), text("done"));
        try (var runtime = runtime(model, look)) {
            var task = Task.of("x").in(Namespace.of("tenant", "acme"));

            var result = runtime.run(AGENT, task);

            assertThat(seen.get("call"))
                    .containsEntry("skein.run", result.work().runId())
                    .containsEntry("skein.root", result.work().runId())
                    .containsEntry("skein.agent", "atlas")
                    .containsEntry("skein.namespace", "tenant:acme")
                    .containsKey("skein.call");
            assertThat(logged()).isEmpty();
        }
    }

    @Test
    @Tag("AG-97")
    void callsOfOneTurnEachHaveTheirOwn() throws Exception {
        var look = Tool.of("look", "Looks", Ask.class, ask -> remember(ask.id()));
        var both =
                calls(
                        new ToolCall("c1", "look", Json.object("id", "one")),
                        new ToolCall("c2", "look", Json.object("id", "two")));
        try (var runtime = runtime(ScriptedModel.of(both, text("done")), look)) {
            runtime.run(AGENT, Task.of("x")).orThrow();

            assertThat(seen.get("one")).containsEntry("skein.call", "c1");
            assertThat(seen.get("two")).containsEntry("skein.call", "c2");
        }
    }

    @Test
    @Tag("AG-08")
    @Tag("AG-97")
    void aRunThatAToolStartsHasItsOwnAndTheToolGetsItsBack() throws Exception {
        var holder = new AtomicReference<AgentRuntime>();
        var inner = ModelAgent.of("inner").withTools("note").withModel("inner");
        var note = Tool.of("note", "Notes", Nothing.class, _ -> remember("inner"));
        var look =
                Tool.of(
                        "look",
                        "Looks",
                        Nothing.class,
                        _ -> {
                            holder.get().run(inner, Task.of("y")).orThrow();
                            return remember("outer");
                        });
        var model = ScriptedModel.of(call("look", new Nothing()), text("done"));
        var other = ScriptedModel.of(call("note", new Nothing()), text("noted"));
        var config =
                RuntimeConfig.of(AGENT, inner)
                        .withModel(model)
                        .withNamedModel("inner", other)
                        .withTools(look, note);
        try (var runtime = AgentRuntime.open(config)) {
            holder.set(runtime);
            var run = runtime.run(AGENT, Task.of("x")).work().runId();

            assertThat(seen.get("inner"))
                    .containsEntry("skein.agent", "inner")
                    .containsEntry("skein.root", run);
            assertThat(seen.get("outer"))
                    .containsEntry("skein.agent", "atlas")
                    .containsEntry("skein.run", run)
                    .containsKey("skein.call");
        }
    }

    @Test
    @Tag("AG-97")
    void whatACallerLoggedStaysItsOwn() throws Exception {
        MDC.put("user", "bob");
        MDC.put("skein.agent", "mine");
        var plain = ModelAgent.of("plain");
        var config = RuntimeConfig.of(plain).withModel(always(text("done")));
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(plain, Task.of("x")).orThrow();

            assertThat(logged()).isEqualTo(Map.of("user", "bob", "skein.agent", "mine"));
        } finally {
            MDC.clear();
        }
    }

    @Test
    @Tag("AG-97")
    void whatACarrierCapturedWhereTheRunWasAskedForIsThereOnItsThreads() throws Exception {
        var look = Tool.of("look", "Looks", Nothing.class, _ -> remember("call"));
        var model = ScriptedModel.of(call("look", new Nothing()), text("done"));
        var config =
                RuntimeConfig.of(AGENT).withModel(model).withTools(look).withCarriers(new Tenant());
        try (var runtime = AgentRuntime.open(config)) {
            TENANT.set("acme");
            runtime.spawn(AGENT, Task.of("x")).result().orThrow();

            assertThat(seen.get("call")).containsEntry("tenant", "acme");
        } finally {
            TENANT.remove();
        }
    }

    @Test
    @Tag("AG-97")
    void workThatWasBoundBelongsToTheRunOnAnyThreadAndOtherWorkDoesNot() throws Exception {
        var holder = new AtomicReference<AgentRuntime>();
        var inner = ModelAgent.of("inner").withModel("inner");
        var runs = new ConcurrentHashMap<String, String>();
        var look =
                Tool.of(
                        "look",
                        "Looks",
                        Nothing.class,
                        (Nothing _, ToolContext context) -> {
                            Callable<String> work =
                                    () -> {
                                        remember(Thread.currentThread().getName());
                                        return holder.get().run(inner, Task.of("y")).work().runId();
                                    };
                            runs.put("bound", onThread("bound", context.bind(work)));
                            runs.put("free", onThread("free", work));
                            return "looked";
                        });
        var model = ScriptedModel.of(call("look", new Nothing()), text("done"));
        var config =
                RuntimeConfig.of(AGENT, inner)
                        .withModel(model)
                        .withNamedModel("inner", always(text("ok")))
                        .withTools(look);
        try (var runtime = AgentRuntime.open(config)) {
            holder.set(runtime);
            var run = runtime.run(AGENT, Task.of("x")).work().runId();

            assertThat(parent(runtime, runs.get("bound"))).isEqualTo(run);
            assertThat(parent(runtime, runs.get("free"))).isNull();
            assertThat(seen.get("bound")).containsEntry("skein.run", run).containsKey("skein.call");
        }
    }

    private static String onThread(String name, Callable<String> work) throws Exception {
        var task = new FutureTask<>(work);
        var thread = Thread.ofPlatform().name(name).start(task);
        try {
            return task.get();
        } finally {
            thread.join();
        }
    }

    private static @Nullable String parent(AgentRuntime runtime, @Nullable String run)
            throws InterruptedException {
        return Facts.ofRun(runtime, Objects.requireNonNull(run)).getFirst().origin().parent();
    }

    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

    /** As a security context would be carried. */
    private record Tenant() implements ContextCarrier {
        @Override
        public Map<String, String> capture() {
            return TENANT.get() == null ? Map.of() : Map.of("tenant", TENANT.get());
        }

        @Override
        public <T> T within(Map<String, String> carried, Callable<T> work) throws Exception {
            TENANT.set(carried.get("tenant"));
            try {
                return work.call();
            } finally {
                TENANT.remove();
            }
        }
    }

    private String remember(String name) {
        var known = new HashMap<>(logged());
        if (TENANT.get() != null) known.put("tenant", TENANT.get());
        seen.put(name, known);
        return "seen";
    }

    private static AgentRuntime runtime(ScriptedModel model, Tool... tools) {
        return AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(model).withTools(tools));
    }
}
