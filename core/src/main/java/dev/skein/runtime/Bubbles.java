package dev.skein.runtime;

import dev.skein.event.Cursor;
import dev.skein.event.Entry;
import dev.skein.event.Event;
import dev.skein.event.EventReader;
import dev.skein.event.Origin;
import dev.skein.event.RunEvent;
import dev.skein.event.WorkflowEvent;
import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Forwards the workflow events of other runs into a run, each on a thread that reads them. */
final class Bubbles {
    private static final Duration LONG = Duration.ofDays(1);

    private final LiveRun<?> run;
    private final Queue<Stream> streams = new ConcurrentLinkedQueue<>();

    Bubbles(LiveRun<?> run) {
        this.run = run;
    }

    /** From the first entry of that run on, until it has ended or is stopped. */
    Scope.Bubble start(LiveRun<?> from, @Nullable String source) {
        if (isAbove(from)) throw cycle(from);
        var stream = new Stream(from, source);
        streams.add(stream);
        stream.thread.start();
        return stream;
    }

    /** A run above this one would get its own events back. */
    private boolean isAbove(LiveRun<?> from) {
        for (LiveRun<?> one = run; one != null; one = one.parent()) if (one == from) return true;
        return false;
    }

    private SkeinException cycle(LiveRun<?> from) {
        return new SkeinException(
                new Limit.Cycle(
                        run.origin().path(), List.of(from.origin().path(), run.origin().path())));
    }

    /** Everything that was there to forward is forwarded when this returns. */
    void drain() {
        var all = new ArrayList<Stream>();
        for (var next = streams.poll(); next != null; next = streams.poll()) all.add(next);
        all.forEach(Stream::stop);
        all.forEach(Stream::join);
    }

    private final class Stream implements Scope.Bubble {
        private final LiveRun<?> from;
        private final @Nullable String source;
        private final Thread thread;
        private volatile boolean stopped;

        Stream(LiveRun<?> from, @Nullable String source) {
            this.from = from;
            this.source = source;
            this.thread =
                    Thread.ofVirtual()
                            .name("skein-bubble:" + run.origin().path())
                            .unstarted(this::forward);
        }

        @Override
        public void stop() {
            if (stopped) return;
            stopped = true;
            thread.interrupt();
        }

        void join() {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) Thread.currentThread().interrupt();
        }

        private void forward() {
            try (var reader = run.engine().journal().read(cursor())) {
                while (!reader.ended() && step(reader, stopped ? Duration.ZERO : LONG)) {}
            }
            streams.remove(this); // a supervisor that lives long restarts often
        }

        private Cursor cursor() {
            return new Cursor.OfRun(from.id(), 0);
        }

        /** False when it was stopped and there is nothing more to read. */
        private boolean step(EventReader reader, Duration limit) {
            try {
                var entry = reader.next(limit);
                entry.ifPresent(this::pass);
                return entry.isPresent() || !limit.isZero();
            } catch (InterruptedException e) {
                return stopped; // stopping: what is there is read without waiting
            }
        }

        private void pass(Entry entry) {
            var forwarded = forwarded(entry.origin(), entry.number(), entry.event());
            if (forwarded != null) run.record(forwarded);
        }

        private WorkflowEvent.@Nullable Bubbled forwarded(Origin origin, long number, Event event) {
            return switch (event) {
                case WorkflowEvent.Bubbled(var deeper, var first, var path, var its) ->
                        new WorkflowEvent.Bubbled(
                                deeper == null ? source : deeper, first, path, its);
                case Event.Emitted _,
                        WorkflowEvent.ChildRestarted _,
                        WorkflowEvent.Escalated _,
                        RunEvent.RunEnded _ ->
                        new WorkflowEvent.Bubbled(source, origin.run(), origin.path(), number);
                default -> null;
            };
        }
    }
}
