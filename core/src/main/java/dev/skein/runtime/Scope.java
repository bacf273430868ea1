package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.agent.RunResult;
import dev.skein.agent.Task;
import dev.skein.event.EventReader;
import dev.skein.failure.Failure;
import dev.skein.machine.Image;
import dev.skein.machine.Machine;
import dev.skein.tool.ContextHandler;
import dev.skein.tool.Handler;
import dev.skein.tool.Tool;
import dev.skein.tool.Toolset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a running workflow owns and may do. Thread-safe; every operation after the end fails with
 * {@code run.ended}.
 */
public sealed interface Scope permits LiveScope {
    /** The scope that this thread works for. */
    static Optional<Scope> current() {
        return Scopes.current();
    }

    /** Opens a session under the agent's name. */
    default AgentSession open(Agent<?> agent) throws InterruptedException {
        return open(agent.name(), agent);
    }

    default AgentSession open(String name, Agent<?> agent) throws InterruptedException {
        return open(name, agent, AgentSession.Options.standard());
    }

    /**
     * Opens a live conversation, owned by this scope, and waits until its agent can receive.
     *
     * @throws dev.skein.failure.SkeinException with {@code invalid.name}, {@code conflict.name},
     *     {@code conflict.session}, {@code limit.load}, or why the agent could not start; nothing
     *     is left then
     */
    AgentSession open(String name, Agent<?> agent, AgentSession.Options options)
            throws InterruptedException;

    /**
     * As {@link #machine(Image)} with the image of the workflow's options, or of the nearest one
     * above that has one, or else the first of the runtime's.
     *
     * @throws dev.skein.failure.SkeinException with {@code machine.no_sandbox} if nobody names one
     */
    Machine machine() throws InterruptedException;

    /**
     * Makes a machine, owned by this scope and stopped with it, after its sessions.
     *
     * @throws dev.skein.failure.SkeinException with {@code machine.start} or what else its image
     *     says; nothing is left then, nor after an interrupt
     */
    Machine machine(Image image) throws InterruptedException;

    /** Lets the two message each other and send files. */
    default void connect(AgentSession a, AgentSession b) {
        connect(a, b, Direction.BOTH);
    }

    /** Twice is once. The connection is gone when either end is. */
    void connect(AgentSession from, AgentSession to, Direction direction);

    /** Takes the connection in that direction away. */
    void disconnect(AgentSession from, AgentSession to);

    /** Which way a connection goes. */
    enum Direction {
        BOTH,
        FORWARD
    }

    /**
     * Runs a nested workflow and waits for it; an interrupt cancels it and waits for its cleanup.
     *
     * @throws dev.skein.failure.SkeinException with its failure
     */
    <I extends @Nullable Object, O extends @Nullable Object> O run(Workflow<I, O> workflow, I input)
            throws InterruptedException;

    /**
     * Runs the branch once per item, at most {@code limit} (1 to 10,000) at once, each in a scope
     * of its own below {@code name/n}. Results are in item order. The first failure cancels the
     * rest, waits for them, and is thrown with up to 16 others attached.
     */
    <I extends @Nullable Object, O extends @Nullable Object> List<O> each(
            String name, List<? extends I> items, int limit, Workflow<I, O> branch)
            throws InterruptedException;

    /** As {@link #spawn(String, Workflow, Object)} under its name and an ordinal. */
    <I extends @Nullable Object, O extends @Nullable Object> RunHandle<O> spawn(
            Workflow<I, O> workflow, I input);

    /**
     * Starts a nested run on a thread of its own and returns when its first entry is in the
     * journal. Its failure disturbs this scope only if it is linked or awaited.
     *
     * @throws dev.skein.failure.SkeinException with {@code invalid.name}, {@code conflict.name},
     *     {@code limit.spawns}, {@code limit.depth}, {@code limit.budget}, {@code run.ended};
     *     nothing was started then
     */
    <I extends @Nullable Object, O extends @Nullable Object> RunHandle<O> spawn(
            String name, Workflow<I, O> workflow, I input);

    /** Starts a run of an agent below this scope. */
    <O> RunHandle<O> spawn(String name, Agent<O> agent, Task task);

    /** The work with this scope bound, for a thread of the caller's own. */
    Runnable bind(Runnable body);

    /**
     * Appends an event of the program's own.
     *
     * @param type {@code [a-z][a-z0-9_.-]{0,63}}, not beginning with {@code skein}
     * @param data what JSON can express, at most 1 MiB of it
     * @return the entry's number in this run
     * @throws dev.skein.failure.SkeinException with {@code invalid.event} and the path of the bad
     *     value; nothing was appended then
     */
    long emit(String type, @Nullable Object data);

    /** Forwards the workflow events of a run, from its first on, into this run. */
    Bubble bubble(RunHandle<?> child);

    /** As {@link #bubble(RunHandle)}, naming the source; a deeper source wins. */
    Bubble bubble(RunHandle<?> child, String source);

    /** A forwarding that goes on until the run ends. */
    interface Bubble {
        /** Forwards what has happened so far and no more. Idempotent. */
        void stop();
    }

    /** Makes a typed function callable by name; the same name again replaces it. */
    <A> void expose(String name, String description, Class<A> arguments, Handler<A> body);

    <A> void expose(String name, String description, Class<A> arguments, ContextHandler<A> body);

    void expose(Tool tool);

    /** Every tool that it has now. */
    void expose(Toolset tools) throws InterruptedException;

    void withdraw(String endpoint);

    /** All endpoints are there: an unknown one fails at once from now on. Idempotent. */
    void ready();

    /** Decides the outcome; true if this call did. */
    boolean done(@Nullable Object value);

    /** Decides that it failed: {@code run.failed}. */
    boolean fail(String reason);

    /**
     * As {@link #fail(String)} with a label {@code [a-z][a-z0-9_]{0,39}} for programs to decide by;
     * {@code gave_up} makes it {@code run.gave_up}.
     */
    boolean fail(String label, String reason);

    boolean fail(Failure failure);

    /** Waits for the outcome; implies {@link #ready()}. */
    default void await() throws InterruptedException {
        await(Object.class);
    }

    /**
     * Waits for the outcome.
     *
     * @throws dev.skein.failure.SkeinException with the failure that was decided, or {@code
     *     output.invalid} if the value is of another type
     */
    <T> @Nullable T await(Class<T> type) throws InterruptedException;

    /**
     * As {@link #await(Class)}, no longer than that; the outcome may still be decided later.
     *
     * @throws dev.skein.failure.SkeinException with {@code limit.wait}
     */
    <T> @Nullable T await(Class<T> type, Duration limit) throws InterruptedException;

    /** When one of them ends not completed, the other is canceled. */
    void link(RunHandle<?> a, RunHandle<?> b);

    /** Calls the consumer in this scope exactly once, when the run has ended. */
    void monitor(RunHandle<?> target, Consumer<RunResult<?>> then);

    RunInfo info();

    /** The live sessions of this scope by name. */
    Map<String, AgentSession> sessions();

    /** The live children of this scope by name. */
    Map<String, RunHandle<?>> children();

    /** This run's entries from the first. The caller closes the reader. */
    EventReader events();
}
