package dev.skein.runtime;

import dev.skein.agent.HarnessAgent;
import dev.skein.agent.ModelAgent;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.model.ModelInfo;
import dev.skein.model.ProviderTool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds what agents want their providers to do against what those can do. */
record ProviderTools(RuntimeConfig config, ModelDirectory models) {
    private static final String REMEDY =
            "Name a model whose provider offers it, or leave it out of the agent's provider tools.";

    /**
     * Looks at every model that the agents of the set name.
     *
     * @throws SkeinException with {@code invalid.config} and all findings
     */
    void check() {
        var findings = new ArrayList<String>();
        for (var agent : config.agents().agents())
            switch (agent) {
                case ModelAgent<?> model -> check(model, findings);
                case HarnessAgent<?> _ -> {}
            }
        if (!findings.isEmpty()) throw new SkeinException(new Invalid.Config(findings, REMEDY));
    }

    private void check(ModelAgent<?> agent, List<String> findings) {
        var wanted = agent.model().providerTools();
        if (wanted.isEmpty()) return;
        for (var name : named(agent))
            info(name)
                    .flatMap(info -> problem(name, info, wanted))
                    .ifPresent(problem -> findings.add("agent '" + agent.name() + "': " + problem));
    }

    private List<String> named(ModelAgent<?> agent) {
        var names = new ArrayList<String>();
        var own = agent.model().model();
        var primary = own == null ? config.models().defaultModel() : own;
        if (primary != null) names.add(primary);
        names.addAll(agent.model().fallbacks());
        return names;
    }

    private Optional<ModelInfo> info(String name) {
        try {
            return Optional.of(models.find(name).model().info());
        } catch (SkeinException e) {
            return Optional.empty(); // it cannot be asked here; a run that wants it says why
        }
    }

    /**
     * For a model that is about to be asked.
     *
     * @throws SkeinException with {@code invalid.config}
     */
    static void require(Set<ProviderTool> wanted, BoundModel model) {
        if (wanted.isEmpty()) return;
        problem(model.name(), model.model().info(), wanted)
                .ifPresent(problem -> {
                    throw new SkeinException(new Invalid.Config(List.of(problem), REMEDY));
                });
    }

    private static Optional<String> problem(String name, ModelInfo info, Set<ProviderTool> wanted) {
        var missing = new TreeSet<>(wanted);
        missing.removeAll(info.providerTools());
        if (missing.isEmpty()) return Optional.empty();
        var offered = info.providerTools().isEmpty() ? "none" : words(info.providerTools());
        return Optional.of(
                "model '"
                        + name
                        + "' has no "
                        + words(missing)
                        + " of its provider; it has: "
                        + offered);
    }

    private static String words(Collection<ProviderTool> tools) {
        return tools.stream().sorted().map(ProviderTool::word).collect(Collectors.joining(", "));
    }
}
