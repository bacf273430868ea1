package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.event.ToolEvent;
import dev.skein.failure.Conflict;
import dev.skein.failure.Limit;
import dev.skein.failure.Missing;
import dev.skein.failure.SkeinException;
import dev.skein.tool.Decision;
import dev.skein.tool.Tool;
import dev.skein.tool.ToolSpec;
import dev.skein.tool.TrustLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tools of a run's agent, asked anew each turn and made anew only when something changed. */
final class Toolbox {
    private static final int MOST = 512;

    private final LiveRun<?> run;
    private final Agent<?> agent;
    private final ToolSource source;
    private final Delegates delegates;
    private final @Nullable Delegation delegation;
    private final AtomicReference<@Nullable Offer> last;
    private @Nullable Offer reading;

    Toolbox(LiveRun<?> run, Agent<?> agent) {
        this.run = run;
        this.agent = agent;
        var parts = run.parts();
        this.source = parts.tools();
        this.delegates = parts.delegates();
        var spec = delegates.spec();
        this.delegation =
                spec == null ? null : new Delegation(run.engine().runtime(), delegates, spec);
        this.last = parts.lastOffer();
    }

    ToolRights rights() {
        return new ToolRights(run, agent.tools(), source.name());
    }

    /**
     * What the model is shown this turn.
     *
     * @throws SkeinException with {@code missing.tool} or {@code tool.unavailable} if a tool that
     *     the agent names is not there
     */
    Offer offer() throws InterruptedException {
        var desk = run.desk();
        var ofAgent = ofAgent();
        var offer = desk == null ? ofAgent : with(ofAgent, desk.tools());
        return run.spool().isEmpty() ? offer : reading(offer);
    }

    /** With the tool for outputs that were cut, as long as there are any. */
    @SuppressWarnings("ReferenceEquality") // as below
    private Offer reading(Offer offer) {
        var before = reading;
        if (before != null && before.source() == offer.source()) return before;
        var fresh = offer.and(ReadOutput.SPEC, tokens(List.of(ReadOutput.SPEC)));
        reading = fresh;
        return fresh;
    }

    /** The session's first: those for its peers, then those of its owner, then the agent's. */
    private Offer with(Offer ofAgent, SessionTools.Offered session) {
        if (session.specs().isEmpty()) return ofAgent;
        var rights = rights();
        var specs =
                new ArrayList<>(
                        session.specs().stream()
                                .filter(spec ->
                                        rights.given(session.byName().get(spec.name())).decision()
                                                != Decision.DENY)
                                .toList());
        long more = tokens(specs);
        for (var spec : ofAgent.specs())
            if (!session.byName().containsKey(spec.name())) specs.add(spec);
        checkNumber(agent.name(), specs.size());
        var known = new HashMap<>(ofAgent.known());
        known.putAll(session.byName());
        return new Offer(
                ofAgent.source(),
                ofAgent.namespace(),
                known,
                List.copyOf(specs),
                ofAgent.tokens() + more,
                ofAgent.delegation());
    }

    private Offer ofAgent() throws InterruptedException {
        var access = agent.tools();
        boolean wantsNone = access.names().isEmpty() && access.toolsets().isEmpty();
        if ((wantsNone && delegation == null) || access.trust() == TrustLevel.SANDBOX)
            return Offer.nothing(run.namespace());
        var tools = wantsNone ? List.<Tool>of() : listed();
        var before = last.get();
        if (before != null && still(before, tools)) return before.with(delegation);
        var fresh = offered(tools);
        if (run.parent() == null) last.set(fresh);
        return fresh.with(delegation);
    }

    @SuppressWarnings(
            "ReferenceEquality") // the same list is what an unchanged source gives; comparing tools
    // would call them
    private boolean still(Offer before, List<Tool> tools) {
        return before.source() == tools
                && before.namespace().equals(run.namespace())
                && run.parent() == null;
    }

    private List<Tool> listed() throws InterruptedException {
        try {
            return source.tools();
        } catch (SkeinException e) {
            if (!agent.tools().names().isEmpty()) throw e;
            run.record(new ToolEvent.ToolsetMissing(source.name(), e.failure()));
            return List.of();
        }
    }

    private Offer offered(List<Tool> tools) {
        Map<String, Tool> known =
                tools.stream().collect(Collectors.toMap(tool -> tool.spec().name(), tool -> tool));
        checkNumber(agent, source.name(), tools);
        checkNames(agent, known, delegates);
        var rights = rights();
        var specs = new ArrayList<ToolSpec>();
        tools.stream().map(Tool::spec).filter(rights::offers).forEach(specs::add);
        var spec = delegates.spec();
        if (spec != null && rights.policyOf(spec).decision() != Decision.DENY) specs.add(spec);
        specs.sort(Comparator.comparing(ToolSpec::name));
        return new Offer(
                tools, run.namespace(), known, List.copyOf(specs), tokens(specs), delegation);
    }

    /** Of those that it may call. */
    static void checkNumber(Agent<?> agent, String toolset, List<Tool> tools) {
        var access = agent.tools();
        boolean all = access.toolsets().contains(toolset);
        long number =
                tools.stream()
                        .filter(tool -> all || access.names().contains(tool.spec().name()))
                        .count();
        checkNumber(agent.name(), number);
    }

    private static void checkNumber(String agent, long number) {
        if (number > MOST)
            throw new SkeinException(
                    new Limit.Size(
                            "Agent '" + agent + "'",
                            number,
                            MOST,
                            "tools",
                            "Let it call fewer, or give the work to several agents."));
    }

    static void checkNames(Agent<?> agent, Map<String, Tool> known, Delegates delegates) {
        if (delegates.spec() != null && known.containsKey(Delegates.TOOL))
            throw new SkeinException(
                    new Conflict.Name(
                            "tools of '" + agent.name() + "'", Delegates.TOOL, Delegates.TOOL));
        for (var name : agent.tools().names())
            if (!known.containsKey(name))
                throw new SkeinException(
                        new Missing.Tool(name, known.keySet().stream().sorted().toList()));
    }

    private long tokens(List<ToolSpec> specs) {
        var estimator = run.engine().config().ports().estimator();
        long tokens = 0;
        for (var spec : specs)
            tokens +=
                    estimator.tokens(spec.name())
                            + estimator.tokens(spec.description())
                            + estimator.tokens(spec.input().schema().canonical());
        return tokens;
    }
}
