package dev.skein.runtime;

import dev.skein.agent.Agent;
import dev.skein.event.EventReader;
import dev.skein.event.SessionState;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.machine.ExecResult;
import dev.skein.machine.Image;
import dev.skein.machine.Machine;
import dev.skein.name.Namespace;
import dev.skein.policy.RestartPolicy;
import dev.skein.policy.Watch;
import dev.skein.tool.ContextHandler;
import dev.skein.tool.Handler;
import dev.skein.tool.Tool;
import dev.skein.tool.Toolset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A live conversation with an agent. Thread-safe; after {@link #close()} every call but {@link
 * #name()}, {@link #path()}, {@link #state()} and {@link #events()} fails with {@code run.ended}.
 */
public interface AgentSession {
    String name();

    /** The names from the root run, joined by {@code /}. */
    String path();

    Agent<?> agent();

    SessionState state();

    /** Sends in {@link Mode#STEER}. */
    default Sent send(String text) {
        return send(text, Mode.STEER);
    }

    /**
     * Puts a message into the agent's queue and returns. Each message reaches the agent once and in
     * order.
     *
     * @param text 1 byte to 1 MiB of UTF-8; control characters but newline and tab are removed
     * @throws dev.skein.failure.SkeinException with {@code limit.load} if 1,000 messages or 8 MiB
     *     wait, {@code invalid.call} for a text that is empty or too long
     */
    Sent send(String text, Mode mode);

    /** Asks and waits up to 10 minutes for the final text. */
    default String ask(String text) throws InterruptedException {
        return ask(text, String.class);
    }

    default <T> T ask(String text, Class<T> type) throws InterruptedException {
        return ask(text, type, Duration.ofMinutes(10));
    }

    /**
     * Sends and waits until the turn that saw the message has settled.
     *
     * @return the agent's final text, or what it answered as that type
     * @throws dev.skein.failure.SkeinException with {@code limit.wait}, {@code limit.cycle} if this
     *     session itself waits for the caller, {@code output.invalid}, or the agent's failure
     */
    <T> T ask(String text, Class<T> type, Duration limit) throws InterruptedException;

    /** Gives the agent a tool; it learns it before its next model call. Belongs to the owner. */
    <A> void on(String tool, String description, Class<A> arguments, Handler<A> handler);

    <A> void on(String tool, String description, Class<A> arguments, ContextHandler<A> handler);

    void on(Tool tool);

    /** Every tool that it has now. */
    void on(Toolset tools) throws InterruptedException;

    /** Takes the tool away; a call that races gets an error result. */
    void off(String tool);

    /** Where {@link #exec} runs, if it was opened with one. */
    Optional<Machine> machine();

    /** For at most 5 minutes. */
    default ExecResult exec(String command) throws InterruptedException {
        return exec(command, Duration.ofMinutes(5));
    }

    /**
     * Runs a shell's command on its machine, beside the agent and not through it, and waits. The
     * end of the session ends the command.
     *
     * @param limit 1 ms to 24 h; then it is ended with all that it started, which is no failure
     * @throws dev.skein.failure.SkeinException with {@code invalid.call} if it has no machine, or
     *     {@code machine.lost}
     */
    ExecResult exec(String command, Duration limit) throws InterruptedException;

    /** A private folder, made when first asked for, gone with the session. */
    Path workspace();

    /** Looks after the session from now on; the failure it ends with is the session's. */
    void watch(Watch watch);

    /** Ends the turn; the conversation stays. */
    void interrupt(String reason);

    /** The entries of this session from the first. The caller closes the reader. */
    default EventReader events() {
        return events(0);
    }

    /** Those after that {@code seq}. */
    EventReader events(long afterSeq);

    /** Ends it and waits until it has ended. Idempotent. */
    void close() throws InterruptedException;

    /** When a message is seen. */
    enum Mode {
        /** Before the next model call of the running turn. */
        STEER,
        /** When the agent would go idle. */
        FOLLOW_UP
    }

    /** How far a message has come. */
    enum Delivery {
        QUEUED,
        /** The agent's side has it. */
        DELIVERED,
        /** It was in a request to the model. */
        SEEN,
        /** The session ended first. */
        DROPPED
    }

    /** A message on its way. */
    interface Sent {
        String id();

        Delivery delivery();

        /** Waits until it has come that far; false if it was dropped or the time passed. */
        boolean await(Delivery at, Duration limit) throws InterruptedException;
    }

    /**
     * How a session is opened.
     *
     * @param image of a machine that is made for it and stopped with it; null: none
     * @param machine one that it uses and does not own, also together with others; null: none
     * @param namespace whose stored conversation it continues; null: one of its own, gone with it
     * @param ifLost what happens when its agent is lost; transient, 3 restarts in 5 minutes
     * @param startWithin 120 s
     * @param optional its loss is only an event; false: it fails the scope
     */
    record Options(
            @Nullable Image image,
            @Nullable Machine machine,
            @Nullable Namespace namespace,
            RestartPolicy ifLost,
            Duration startWithin,
            List<Watch> watches,
            boolean optional) {
        private static final Options STANDARD =
                new Options(
                        null,
                        null,
                        null,
                        RestartPolicy.transientChild(),
                        Duration.ofMinutes(2),
                        List.of(),
                        false);

        public Options {
            Workflow.Options.positive("startWithin", startWithin);
            watches = List.copyOf(watches);
            if (image != null && machine != null)
                throw new SkeinException(
                        new Invalid.Call(
                                "A session has an image and a machine.", "Pass one of them."));
        }

        public static Options standard() {
            return STANDARD;
        }

        /** Not together with a machine: {@code invalid.call}. */
        public Options withImage(Image image) {
            return new Options(image, machine, namespace, ifLost, startWithin, watches, optional);
        }

        /** Not together with an image: {@code invalid.call}. */
        public Options withMachine(Machine machine) {
            return new Options(image, machine, namespace, ifLost, startWithin, watches, optional);
        }

        public Options withNamespace(Namespace namespace) {
            return new Options(image, machine, namespace, ifLost, startWithin, watches, optional);
        }

        public Options withIfLost(RestartPolicy ifLost) {
            return new Options(image, machine, namespace, ifLost, startWithin, watches, optional);
        }

        public Options withStartWithin(Duration startWithin) {
            return new Options(image, machine, namespace, ifLost, startWithin, watches, optional);
        }

        public Options withWatches(Watch... watches) {
            return new Options(
                    image, machine, namespace, ifLost, startWithin, List.of(watches), optional);
        }

        public Options withOptional(boolean optional) {
            return new Options(image, machine, namespace, ifLost, startWithin, watches, optional);
        }
    }
}
