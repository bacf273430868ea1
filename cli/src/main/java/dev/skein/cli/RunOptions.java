package dev.skein.cli;

import dev.skein.agent.Task;
import dev.skein.model.Money;
import dev.skein.name.Namespace;
import dev.skein.policy.Budget;
import dev.skein.policy.Environment;
import dev.skein.policy.RunLimits;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.SessionStore;
import dev.skein.tool.Approver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an agent is run. */
final class RunOptions {
    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "Such as openai:gpt-6-luna or offline:.")
    private @Nullable String model;

    @Option(
            names = "--in",
            paramLabel = "NAMESPACE",
            converter = Converters.Spaces.class,
            description = "Run under that namespace, such as tenant:acme.")
    private @Nullable Namespace namespace;

    @Option(
            names = "--session",
            paramLabel = "NAME",
            converter = Converters.SessionNames.class,
            description = "Go on with the conversation of that name, kept in ~/.skein/sessions.")
    private @Nullable String session;

    @Option(
            names = "--max-turns",
            paramLabel = "N",
            description = "Model calls it may make, 0 to 1000.")
    private @Nullable Integer turns;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = Converters.Times.class,
            description = "Time it may take, such as 90s or 2m.")
    private @Nullable Duration deadline;

    @Option(
            names = "--budget",
            paramLabel = "AMOUNT",
            converter = Converters.Amounts.class,
            description = "Money it may spend, such as \"0.50 USD\".")
    private @Nullable Money budget;

    @Option(
            names = "--stream",
            description = "Print the answer while it comes; standard on a terminal.")
    private boolean stream;

    @Option(
            names = "--yes",
            description = "Permit every tool call that would have to be asked for.")
    private boolean yes;

    boolean stream(boolean terminal) {
        return stream || terminal;
    }

    Task shape(Task task) {
        var limits = new RunLimits.Some(turns, deadline, null, null, null);
        var shaped = task.withLimits(limits);
        if (model != null) shaped = shaped.withModel(model);
        if (session != null) return shaped.in(space().child(session));
        return namespace == null ? shaped : shaped.in(namespace);
    }

    private Namespace space() {
        return namespace == null ? Namespace.standard() : namespace;
    }

    RuntimeConfig shape(RuntimeConfig config) {
        var shaped = config;
        if (session != null) shaped = shaped.withStores(kept(config.stores()));
        if (budget != null) shaped = shaped.withBudget(Budget.unlimited().withMoney(budget));
        return yes ? shaped.withApprovers(_ -> new Approver.Answer.Allow("--yes")) : shaped;
    }

    private static RuntimeConfig.Stores kept(RuntimeConfig.Stores stores) {
        var sessions = new Folders(Environment.ofProcess()).home().resolve("sessions");
        return new RuntimeConfig.Stores(
                stores.journal(), () -> SessionStore.inFolder(sessions), stores.control());
    }
}
