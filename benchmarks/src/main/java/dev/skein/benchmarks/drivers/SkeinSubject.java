package dev.skein.benchmarks.drivers;

import dev.skein.agent.Interceptor;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.benchmarks.harness.Finding;
import dev.skein.benchmarks.harness.Program;
import dev.skein.benchmarks.harness.Subject;
import dev.skein.event.Journal;
import dev.skein.model.Price;
import dev.skein.name.Namespace;
import dev.skein.policy.Budget;
import dev.skein.policy.Environment;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.Durability;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import dev.skein.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Skein with what it ships and more than it does by default: journal, gate, an interceptor, prices,
 * and a budget that is reserved and settled around every call.
 *
 * <p>Properties: {@code sessions=memory} or {@code disk} gives each run a conversation, which is
 * kept until the run has ended or, on disk, until the process has; {@code listening=true} streams
 * every answer to a listener.
 */
public final class SkeinSubject implements Subject {
    private static final long PLENTY = 1_000_000_000_000L;
    private static final long JOURNAL_BYTES = 256L << 20;

    private final AgentRuntime runtime;
    private final ModelAgent<Finding> one =
            ModelAgent.of("analyst", Finding.class).withInstructions(INSTRUCTIONS);
    private final ModelAgent<Finding> tool =
            ModelAgent.of("forecaster", Finding.class)
                    .withInstructions(INSTRUCTIONS)
                    .withTools(TOOL);

    private record Place(String city) {}

    private record Passing() implements Interceptor {}

    private final AtomicLong conversations = new AtomicLong();
    private final String sessions = System.getProperty("sessions", "");
    private final boolean listening = Boolean.getBoolean("listening");
    private final LongAdder heard = new LongAdder();

    private SkeinSubject(String address) throws IOException {
        var variables = Map.of("OPENAI_BASE_URL", address, "OPENAI_API_KEY", KEY);
        var weather =
                Tool.of(
                        TOOL,
                        TOOL_DESCRIPTION,
                        Place.class,
                        place -> Subject.weather(place.city()));
        var config =
                RuntimeConfig.of(one, tool)
                        .withDelegation(false)
                        .withEnvironment(Environment.of(variables))
                        .withModel("openai:" + MODEL)
                        .withPrice("openai:*", Price.of("0.15 USD", "0.60 USD"))
                        .withBudget(Budget.tokens(PLENTY))
                        .withTools(weather)
                        .withInterceptors(new Passing());
        int entries = Integer.getInteger("journal.entries", 0);
        if (entries > 0)
            config =
                    config.withJournal(
                            Journal.inMemory(InstantSource.system(), entries, JOURNAL_BYTES));
        if (sessions.equals("disk")) {
            var folder = Files.createTempDirectory("sessions");
            config = config.withSessions(SessionStore.inFolder(folder, Durability.PROCESS));
        }
        runtime = AgentRuntime.open(config);
    }

    public static void main(String[] arguments) throws Exception {
        Program.run(arguments, SkeinSubject::new);
    }

    @Override
    public Finding one() throws InterruptedException {
        return run(one);
    }

    @Override
    public Finding tool() throws InterruptedException {
        return run(tool);
    }

    private Finding run(ModelAgent<Finding> agent) throws InterruptedException {
        if (listening)
            return runtime.run(agent, Task.of(QUESTION), _ -> heard.increment()).orThrow();
        if (sessions.isEmpty()) return runtime.run(agent, Task.of(QUESTION)).orThrow();
        var namespace = Namespace.of("talk", Long.toString(conversations.incrementAndGet()));
        try {
            return runtime.run(agent, Task.of(QUESTION).in(namespace)).orThrow();
        } finally {
            if (sessions.equals("memory"))
                runtime.sessions().delete(new SessionKey(namespace, agent.name()));
        }
    }

    @Override
    public void close() {
        runtime.close();
    }
}
