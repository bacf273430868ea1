package dev.skein.checks;

import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;
import static dev.skein.tool.Asking.ALWAYS;
import static dev.skein.tool.Asking.NEVER;
import static dev.skein.tool.Asking.UNLESS_AUTO;
import static dev.skein.tool.Effect.DESTRUCTIVE;
import static dev.skein.tool.Effect.READ_ONLY;
import static dev.skein.tool.TrustLevel.HIGH;
import static dev.skein.tool.TrustLevel.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.agent.ToolAccess;
import dev.skein.models.ScriptedModel;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.tool.Approver;
import dev.skein.tool.Asking;
import dev.skein.tool.Effect;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolPolicy;
import dev.skein.tool.TrustLevel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who says that a call must be asked for, and who may take that back. */
class AskingTest {
    record Nothing() {}

    /** A call and what is said of it; the agent says nothing where there is no rule of its own. */
    record Case(Asking own, @Nullable Asking agents, TrustLevel trust, Effect effect) {}

    private static Case of(Asking own, @Nullable Asking agents, TrustLevel trust, Effect effect) {
        return new Case(own, agents, trust, effect);
    }

    private static final Map<Case, Integer> WITHOUT_POLICY =
            Map.of(
                    of(UNLESS_AUTO, null, HIGH, DESTRUCTIVE), 0,
                    of(UNLESS_AUTO, null, MEDIUM, READ_ONLY), 0,
                    of(UNLESS_AUTO, null, MEDIUM, DESTRUCTIVE), 1,
                    of(NEVER, null, MEDIUM, DESTRUCTIVE), 0,
                    of(UNLESS_AUTO, NEVER, MEDIUM, DESTRUCTIVE), 0,
                    of(NEVER, UNLESS_AUTO, MEDIUM, DESTRUCTIVE), 1,
                    of(ALWAYS, null, HIGH, READ_ONLY), 1,
                    of(ALWAYS, NEVER, HIGH, READ_ONLY), 1,
                    of(UNLESS_AUTO, ALWAYS, HIGH, READ_ONLY), 1,
                    of(NEVER, ALWAYS, HIGH, READ_ONLY), 1);

    @Test
    @Tag("AG-91")
    void theStrictestHasItsWayAndOnlyTheAskOfTrustCanBeLifted() throws Exception {
        for (var one : WITHOUT_POLICY.entrySet())
            assertThat(asked(one.getKey(), ToolPolicy.allowAll()))
                    .as(one.getKey().toString())
                    .isEqualTo(one.getValue());
    }

    @Test
    @Tag("AG-91")
    void whatAPolicyAsksForIsAskedForWhateverTheToolSays() throws Exception {
        for (var own : Asking.values())
            assertThat(asked(of(own, NEVER, HIGH, READ_ONLY), ToolPolicy.ask("look"))).isOne();
    }

    private static int asked(Case of, ToolPolicy policy) throws InterruptedException {
        var asked = new AtomicInteger();
        var look =
                Tool.of("look", "Looks", Nothing.class, _ -> "seen")
                        .effect(of.effect())
                        .ask(of.own());
        Map<String, Asking> rules = of.agents() == null ? Map.of() : Map.of("look", of.agents());
        var access =
                ToolAccess.none().withNames(Set.of("look")).withTrust(of.trust()).withAsk(rules);
        var agent = ModelAgent.of("atlas").withTools(access);
        var config =
                RuntimeConfig.of(agent)
                        .withModel(ScriptedModel.of(call("look", new Nothing()), text("done")))
                        .withTools(look)
                        .withPolicy(policy)
                        .withApprovers(_ -> {
                            asked.incrementAndGet();
                            return new Approver.Answer.Allow("fine");
                        });
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(agent, Task.of("x")).orThrow();
        }
        return asked.get();
    }
}
