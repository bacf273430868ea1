package dev.skein.checks;

import static dev.skein.models.ScriptedModel.call;
import static dev.skein.models.ScriptedModel.text;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.Journal;
import dev.skein.event.Origin;
import dev.skein.event.SessionEvent;
import dev.skein.event.ToolEvent;
import dev.skein.models.ScriptedModel;
import dev.skein.name.Namespace;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.session.Durability;
import dev.skein.session.SessionChange;
import dev.skein.session.SessionKey;
import dev.skein.session.SessionStore;
import dev.skein.session.Transcript;
import dev.skein.testkit.ForwardingJournal;
import dev.skein.testkit.ForwardingSessionStore;
import dev.skein.tool.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program with an agent that calls tools in a stored conversation, and that kills itself before
 * or after one of the steps in which something is recorded. What the store has acknowledged is
 * printed before anything else happens.
 */
final class DoomedProgram {
    static final ModelAgent<String> ATLAS = ModelAgent.of("atlas").withTools("note");
    static final Namespace BOB = Namespace.of("bob");
    static final SessionKey KEY = new SessionKey(BOB, "atlas");
    static final String COMPLETED = "completed";

    private DoomedProgram() {}

    record Note(String text) {}

    static Tool note() {
        return Tool.of("note", "Notes it.", Note.class, note -> "noted " + note.text());
    }

    static SessionStore store(Path folder) {
        return SessionStore.inFolder(folder, Durability.PROCESS);
    }

    /** Where it ends: at the given step; by the system's hand if that is even, else by its own. */
    private record Doom(int step, AtomicInteger steps) {
        void pass() {
            if (steps.incrementAndGet() != step) return;
            if (step % 2 == 1) Runtime.getRuntime().halt(1);
            kill();
        }

        private static void kill() {
            try {
                var self = Long.toString(ProcessHandle.current().pid());
                new ProcessBuilder("kill", "-9", self).start();
                new CountDownLatch(1).await(); // nothing more happens until it has come
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("still alive", e);
            }
        }
    }

    private static final class DoomedStore extends ForwardingSessionStore {
        private final Doom doom;

        DoomedStore(SessionStore store, Doom doom) {
            super(store);
            this.doom = doom;
        }

        @Override
        public long append(SessionKey key, long expectedVersion, SessionChange change) {
            doom.pass();
            long version = super.append(key, expectedVersion, change);
            doom.pass();
            for (var message : change.messages()) System.out.println(Transcript.json(message));
            System.out.flush();
            return version;
        }
    }

    private static final class DoomedJournal extends ForwardingJournal {
        private final Doom doom;

        DoomedJournal(Journal journal, Doom doom) {
            super(journal);
            this.doom = doom;
        }

        @Override
        public Entry append(Origin origin, Event event) throws InterruptedException {
            boolean step =
                    event instanceof SessionEvent.MessageAdded
                            || event instanceof ToolEvent.ToolReturned;
            var entry = super.append(origin, event);
            if (step) doom.pass();
            return entry;
        }
    }

    /** The folder, and the step that it does not survive. */
    public static void main(String[] arguments) throws InterruptedException {
        var doom = new Doom(Integer.parseInt(arguments[1]), new AtomicInteger());
        var model =
                ScriptedModel.of(
                        call("note", new Note("one")),
                        call("note", new Note("two")),
                        text("All is noted."));
        var config =
                RuntimeConfig.of(ATLAS)
                        .withModel(model)
                        .withTools(note())
                        .withSessions(new DoomedStore(store(Path.of(arguments[0])), doom))
                        .withJournal(
                                new DoomedJournal(Journal.inMemory(InstantSource.system()), doom));
        try (var runtime = AgentRuntime.open(config)) {
            runtime.run(ATLAS, Task.of("Note one and two.").in(BOB)).orThrow();
        }
        System.out.println(COMPLETED);
    }
}
