package dev.skein.checks;

import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.Interceptor;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.Redact;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.agent.ToolChain;
import dev.skein.event.GuardEvent;
import dev.skein.event.ToolEvent;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.SessionKey;
import dev.skein.testkit.SkeinAssertions;
import dev.skein.tool.Approver;
import dev.skein.tool.Asking;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolPolicy;
import dev.skein.tool.ToolResult;
import dev.skein.tool.Toolset;
import dev.skein.tool.TrustLevel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The one door to tools: what passes, what does not, and what is told of it. */
class GateTest {
    record Nothing() {}

    private static final ModelAgent<String> AGENT =
            ModelAgent.of("atlas").withTools("read", "drop");

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger drops = new AtomicInteger();
    private final Tool read =
            Tool.of("read", "Reads", Nothing.class, _ -> "read " + reads.incrementAndGet())
                    .effect(Effect.READ_ONLY);
    private final Tool drop =
            Tool.of("drop", "Drops", Nothing.class, _ -> "dropped " + drops.incrementAndGet())
                    .effect(Effect.DESTRUCTIVE);

    private RuntimeConfig config(ScriptedModel model) {
        return RuntimeConfig.of(AGENT).withModel(model).withTools(read, drop);
    }

    private static ScriptedModel calling(String tool) {
        return ScriptedModel.of(call(tool, new Nothing()), text("done"));
    }

    private static ToolResult resultOf(ScriptedModel model) {
        return ((dev.skein.model.Message.Results) model.calls().get(1).messages().getLast())
                .results()
                .getFirst();
    }

    @Test
    @Tag("AG-91")
    @Tag("AG-92")
    void aToolThatTheAgentMayNotCallIsRefusedThoughItExists() throws Exception {
        var model = calling("drop");
        var reader = ModelAgent.of("reader").withTools("read").withTrust(TrustLevel.HIGH);
        try (var runtime = AgentRuntime.open(config(model))) {
            assertThat(runtime.run(reader, Task.of("x")).orThrow()).isEqualTo("done");
            assertThat(Facts.all(runtime, ToolEvent.ToolRefused.class))
                    .singleElement()
                    .satisfies(no -> {
                        assertThat(no.rule()).isEqualTo("access");
                        assertThat(no.failure().code()).isEqualTo("denied.tool");
                    });
        }
        assertThat(drops).hasValue(0);
        assertThat(model.calls().getFirst().tools()).extracting("name").containsExactly("read");
    }

    @Test
    @Tag("AG-42")
    @Tag("AG-91")
    void aPolicyOfTheNamespaceHidesTheToolAndRefusesItsCall() throws Exception {
        var model = calling("drop");
        var acme = Namespace.of("acme");
        var config = config(model).withPolicy(acme, ToolPolicy.only("read"));
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(AGENT.withTrust(TrustLevel.HIGH), Task.of("x").under(acme.child("bob")))
                    .orThrow();
        }
        assertThat(drops).hasValue(0);
        assertThat(model.calls().getFirst().tools()).extracting("name").containsExactly("read");
        assertThat(resultOf(model).text()).startsWith("denied.tool");
    }

    @Test
    @Tag("AG-91")
    void lowTrustDoesNotWrite() throws Exception {
        var model = calling("drop");
        try (var runtime = AgentRuntime.open(config(model))) {
            runtime.run(AGENT.withTrust(TrustLevel.LOW), Task.of("x")).orThrow();
        }
        assertThat(drops).hasValue(0);
        assertThat(resultOf(model).error()).isTrue();
    }

    @Test
    @Tag("AG-91")
    void aCallThatMustBeAskedForIsDeniedWhenNobodyIsThere() throws Exception {
        var model = calling("drop");
        try (var runtime = AgentRuntime.open(config(model))) {
            runtime.run(AGENT, Task.of("x")).orThrow();
            assertThat(Facts.all(runtime, GuardEvent.ApprovalAnswered.class))
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.allowed()).isFalse());
        }
        assertThat(drops).hasValue(0);
        assertThat(resultOf(model).text()).contains("nobody is there");
    }

    @Test
    @Tag("AG-91")
    void anApproverThatSaysYesLetsExactlyTheShownCallRun() throws Exception {
        var shown = new AtomicReference<ToolCall>();
        var model = calling("drop");
        var config =
                config(model)
                        .withApprovers(
                                _ -> new Approver.Answer.Later(),
                                asked -> {
                                    shown.set(asked.call());
                                    return new Approver.Answer.Allow("fine");
                                });
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(AGENT, Task.of("x")).orThrow();
        }
        assertThat(drops).hasValue(1);
        assertThat(shown.get().name()).isEqualTo("drop");
    }

    @Test
    @Tag("AG-91")
    void anApproverThatThrowsHasSaidNo() throws Exception {
        var model = calling("drop");
        try (var runtime =
                AgentRuntime.open(
                        config(model)
                                .withApprovers(_ -> {
                                    throw new IllegalStateException("out of order");
                                }))) {
            runtime.run(AGENT, Task.of("x")).orThrow();
        }
        assertThat(drops).hasValue(0);
        assertThat(resultOf(model).text()).contains("out of order");
    }

    @Test
    @Tag("AG-91")
    void aToolThatIsAlwaysAskedForIsAskedForAlsoUnderHighTrust() throws Exception {
        var model = calling("read");
        var asked = new AtomicInteger();
        var config =
                RuntimeConfig.of(AGENT)
                        .withModel(model)
                        .withTools(read.ask(Asking.ALWAYS), drop)
                        .withApprovers(_ -> {
                            asked.incrementAndGet();
                            return new Approver.Answer.Deny("not today");
                        });
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(AGENT.withTrust(TrustLevel.HIGH), Task.of("x")).orThrow();
        }
        assertThat(asked).hasValue(1);
        assertThat(reads).hasValue(0);
        assertThat(resultOf(model).text()).contains("not today");
    }

    @Test
    @Tag("AG-98")
    void interceptorsAreAnOnion() throws Exception {
        var model = calling("read");
        var config = config(model).withInterceptors(new Adding(":1"), new Adding(":2"));
        var bob = Namespace.of("bob");
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(AGENT, Task.of("x").in(bob)).orThrow();
            assertThat(resultOf(model).text()).isEqualTo("read 1:2:1");
            var stored = runtime.sessions().load(new SessionKey(bob, "atlas")).orElseThrow();
            assertThat(stored.messages().get(2).text()).isEqualTo("read 1:2:1");
        }
    }

    record Adding(String suffix) implements Interceptor {
        @Override
        public ToolResult aroundTool(ToolCall call, ToolChain next) throws InterruptedException {
            var result = next.proceed(call);
            return result.withText(result.text() + suffix);
        }
    }

    @Test
    @Tag("AG-91")
    @Tag("AG-98")
    void aCallThatAnInterceptorRenamesIsJudgedAgainAndKeepsItsId() throws Exception {
        var model = calling("read");
        Interceptor renaming =
                new Interceptor() {
                    @Override
                    public ToolResult aroundTool(ToolCall call, ToolChain next)
                            throws InterruptedException {
                        return next.proceed(new ToolCall("forged", "drop", call.arguments()));
                    }
                };
        try (var runtime = AgentRuntime.open(config(model).withInterceptors(renaming))) {
            runtime.run(AGENT.withTrust(TrustLevel.LOW), Task.of("x")).orThrow();
        }
        assertThat(reads).hasValue(0);
        assertThat(drops).hasValue(0);
        var asked =
                ((dev.skein.model.Message.Assistant) model.calls().get(1).messages().get(2))
                        .calls()
                        .getFirst();
        assertThat(resultOf(model).callId()).isEqualTo(asked.id());
        assertThat(resultOf(model).text()).startsWith("denied.tool");
    }

    @Test
    @Tag("AG-98")
    void anInterceptorMayAnswerInPlaceOfTheTool() throws Exception {
        var model = calling("read");
        Interceptor cached =
                new Interceptor() {
                    @Override
                    public ToolResult aroundTool(ToolCall call, ToolChain next) {
                        return new ToolResult(call.id(), "from the cache", false);
                    }
                };
        try (var runtime = AgentRuntime.open(config(model).withInterceptors(cached))) {
            runtime.run(AGENT, Task.of("x")).orThrow();
        }
        assertThat(reads).hasValue(0);
        assertThat(resultOf(model).text()).isEqualTo("from the cache");
    }

    @Test
    @Tag("AG-98")
    void anInterceptorThatProceedsTwiceIsNamed() throws Exception {
        var model = calling("read");
        Interceptor twice =
                new Interceptor() {
                    @Override
                    public String name() {
                        return "Twice";
                    }

                    @Override
                    public ToolResult aroundTool(ToolCall call, ToolChain next)
                            throws InterruptedException {
                        next.proceed(call);
                        return next.proceed(call);
                    }
                };
        try (var runtime = AgentRuntime.open(config(model).withInterceptors(twice))) {
            runtime.run(AGENT, Task.of("x"));
        }
        assertThat(reads).hasValue(1);
        assertThat(resultOf(model).text()).contains("'Twice'");
    }

    @Test
    @Tag("AG-98")
    void aRedactedResultIsRedactedInStoreJournalAndNextCall() throws Exception {
        var model = calling("read");
        var card = "4111111111111111";
        var leaking = Tool.of("read", "Reads", Nothing.class, _ -> "card " + card);
        var bob = Namespace.of("bob");
        var config =
                RuntimeConfig.of(AGENT)
                        .withModel(model)
                        .withTools(leaking, drop)
                        .withInterceptors(new Redact("\\b\\d{16}\\b"));
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(AGENT, Task.of("x").in(bob)).orThrow();
            assertThat(resultOf(model).text()).isEqualTo("card ▇▇▇");
            assertThat(
                            runtime.sessions()
                                    .load(new SessionKey(bob, "atlas"))
                                    .orElseThrow()
                                    .toString())
                    .doesNotContain(card);
            SkeinAssertions.assertThat(runtime.journal()).noSecret(card);
        }
    }

    @Test
    @Tag("AG-94")
    void aToolThatSleepsBeyondItsTimeoutIsInterruptedAndTheRunGoesOn() throws Exception {
        var interrupted = new CountDownLatch(1);
        var model = calling("read");
        var slow =
                Tool.of("read", "Reads", Nothing.class, Flows.stuck(interrupted))
                        .within(Duration.ofMillis(50));
        try (var runtime =
                AgentRuntime.open(RuntimeConfig.of(AGENT).withModel(model).withTools(slow, drop))) {
            assertThat(runtime.run(AGENT, Task.of("x")).orThrow()).isEqualTo("done");
        }
        interrupted.await();
        assertThat(resultOf(model).text()).startsWith("tool.timeout").contains("may have happened");
    }

    @Test
    @Tag("AG-08")
    void aRunThatAToolStartsIsAChildOfTheRunItServes() throws Exception {
        var holder = new AtomicReference<AgentRuntime>();
        var helper = ModelAgent.of("helper").withModel("other");
        var asking =
                Tool.of(
                        "read",
                        "Asks",
                        Nothing.class,
                        _ -> holder.get().run(helper, Task.of("sub")).orThrow());
        var config =
                RuntimeConfig.of(AGENT, helper)
                        .withModel(calling("read"))
                        .withNamedModel(
                                "other", ScriptedModel.always(text("sub answer").using(3, 4)))
                        .withTools(asking, drop);
        try (var runtime = AgentRuntime.open(config)) {
            holder.set(runtime);
            var result = runtime.run(AGENT, Task.of("x"));
            assertThat(result).isInstanceOf(RunResult.Completed.class);
            var child =
                    Facts.of(runtime).stream()
                            .filter(entry -> entry.origin().agent().equals("helper"))
                            .findFirst()
                            .orElseThrow()
                            .origin();
            assertThat(child.parent()).isEqualTo(result.work().runId());
            assertThat(child.root()).isEqualTo(result.work().runId());
            assertThat(child.path()).isEqualTo("atlas/helper");
            assertThat(result.work().usage().calls()).isEqualTo(3);
        }
    }

    @Test
    @Tag("AG-96")
    void aSandboxedAgentHasNoToolsAndItsSourcesAreNotAsked() throws Exception {
        var asked = new AtomicInteger();
        var model = ScriptedModel.always(text("ok"));
        Toolset counting =
                new Toolset() {
                    @Override
                    public String name() {
                        return "counting";
                    }

                    @Override
                    public java.util.List<Tool> tools(dev.skein.tool.ToolsetContext context) {
                        asked.incrementAndGet();
                        return java.util.List.of(read, drop);
                    }
                };
        try (var runtime =
                AgentRuntime.open(
                        RuntimeConfig.of(AGENT).withModel(model).withTools(_ -> counting))) {
            runtime.run(AGENT.withTrust(TrustLevel.SANDBOX), Task.of("x")).orThrow();
            assertThat(asked).hasValue(0);
            runtime.run(AGENT, Task.of("x")).orThrow();
            runtime.run(AGENT, Task.of("x")).orThrow();
            assertThat(asked).hasValue(1);
        }
    }
}
