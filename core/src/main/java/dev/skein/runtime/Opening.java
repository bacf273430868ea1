package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.Concurrency;
import dev.skein.agent.HarnessAgent;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.ModelChoice;
import dev.skein.event.Journal;
import dev.skein.event.RuntimeEvent;
import dev.skein.failure.Conflict;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.name.NameRule;
import dev.skein.policy.Timekeeper;
import dev.skein.session.Compaction;
import dev.skein.session.ContextFilter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.slf4j.LoggerFactory;

/**
 * Opens a runtime: everything is checked before anything is started; what was started is closed if
 * the rest fails.
 */
record Opening(RuntimeConfig config) {
    private static final int SEED_BYTES = 48;

    Engine engine(AgentRuntime runtime) {
        check();
        // Logging is found by whoever asks first; if many runs asked at once it would complain.
        LoggerFactory.getILoggerFactory();
        var opened = new ArrayList<AutoCloseable>();
        try {
            var time = Timekeeper.of(config.ports().clock());
            var factory = config.stores().journal();
            var journal = keep(opened, factory == null ? Journal.inMemory(time) : factory.get());
            var sessions = keep(opened, config.stores().sessions().get());
            var models = keep(opened, new ModelDirectory(config, time));
            var agents = keep(opened, new AgentShelf(config, models));
            var engine =
                    new Engine(
                            runtime,
                            config,
                            new Engine.Opened(
                                    time, journal, sessions, new Ids(random()), models, agents));
            new ProviderTools(config, models).check();
            agents.openSet();
            engine.append(
                    engine.runtimeOrigin(),
                    new RuntimeEvent.RuntimeStarted(version(), journal.getClass().getSimpleName()));
            return engine;
        } catch (RuntimeException e) {
            for (var thing : opened.reversed()) new Closing("what was opened").close(thing);
            throw e;
        }
    }

    private static <T extends AutoCloseable> T keep(List<AutoCloseable> opened, T thing) {
        opened.add(thing);
        return thing;
    }

    private RandomGenerator random() {
        var given = config.ports().random();
        if (given != null) return given;
        var seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        return RandomGeneratorFactory.of("L128X256MixRandom").create(seed);
    }

    private static String version() {
        var version = AgentRuntime.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private void check() {
        checkNames();
        var findings = new ArrayList<String>();
        if (config.agents().required() && config.agents().agents().isEmpty())
            findings.add("agents: a runtime needs at least one agent");
        config.agents().agents().forEach(agent -> checkAgent(agent, findings));
        config.models()
                .groups()
                .forEach((group, calls) -> {
                    if (calls < 1)
                        findings.add(
                                "models.groups: group '"
                                        + group
                                        + "' must allow at least 1 call, was "
                                        + calls);
                });
        findings.addAll(config.stores().control().findings());
        var standard = config.models().defaultModel();
        if (standard != null) checkModel("models.defaultModel", standard, findings);
        if (!findings.isEmpty()) throw new SkeinException(new Invalid.Config(findings));
    }

    private void checkNames() {
        var seen = new HashMap<String, String>();
        for (var agent : config.agents().agents()) {
            var other = seen.put(NameRule.key(agent.name()), agent.name());
            if (other != null)
                throw new SkeinException(new Conflict.Name("agents", other, agent.name()));
        }
    }

    private void checkAgent(Agent<?> agent, List<String> findings) {
        var where = "agent '" + agent.name() + "'";
        switch (agent) {
            case ModelAgent<?> model -> {
                var choice = model.model();
                if (choice.concurrency() instanceof Concurrency.Shared(var group)
                        && !config.models().groups().containsKey(group))
                    findings.add(
                            where
                                    + ": unknown group '"
                                    + group
                                    + "'; known: "
                                    + config.models().groups().keySet());
                var primary = choice.model();
                if (primary != null) checkModel(where, primary, findings);
                choice.fallbacks().forEach(name -> checkModel(where, name, findings));
                checkContext(model, where, findings);
            }
            case HarnessAgent<?> elsewhere ->
                    Seats.problem(config.placement(), elsewhere)
                            .ifPresent(problem -> findings.add(where + ": " + problem));
        }
        checkDelegates(agent, where, findings);
    }

    private void checkDelegates(Agent<?> agent, String where, List<String> findings) {
        var known = config.agents().agents();
        for (var name : agent.tools().delegates())
            if (known.stream().noneMatch(one -> one.name().equalsIgnoreCase(name)))
                findings.add(
                        where
                                + ": no agent is named '"
                                + name
                                + "'; known: "
                                + known.stream().<String>map(Agent::name).toList());
    }

    private void checkContext(ModelAgent<?> agent, String where, List<String> findings) {
        if (agent.context().filter() instanceof ContextFilter.Named(var function)
                && !config.ports().filters().containsKey(function))
            findings.add(
                    where
                            + ": no filter is named '"
                            + function
                            + "'; known: "
                            + config.ports().filters().keySet());
        if (agent.context().window().compaction() instanceof Compaction.Summarize(var model, _, _)
                && model != null) checkModel(where + ": compaction", model, findings);
    }

    private void checkModel(String where, String model, List<String> findings) {
        ModelChoice.problem(model).ifPresent(problem -> findings.add(where + ": " + problem));
        boolean named = model.indexOf(':') < 0;
        if (named && !config.models().named().containsKey(model))
            findings.add(
                    where
                            + ": no model is named '"
                            + model
                            + "'; known: "
                            + config.models().named().keySet());
    }
}
