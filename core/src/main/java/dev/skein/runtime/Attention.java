package dev.skein.runtime;

import dev.skein.event.Entry;
import dev.skein.event.SessionState;
import dev.skein.event.WorkflowEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.Limit;
import dev.skein.policy.Reaction;
import dev.skein.policy.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What looks after a live session: who owes a call and rests, and who works and is silent. */
final class Attention {
    private final LiveSession session;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Owing> owing = new ArrayList<>();
    private final List<Listening> listening = new ArrayList<>();
    private long since;
    private volatile long lastHeard;
    private volatile @Nullable Entry last;
    private boolean spoken;
    private boolean ended;

    Attention(LiveSession session, List<Watch> watches) {
        this.session = session;
        this.since = now();
        this.lastHeard = since;
        watches.forEach(this::put);
    }

    /** One that owes a call of a tool. */
    private static final class Owing {
        private final Watch.Idle watch;
        private boolean paid;
        private int nudges;
        private int rests;
        private Alarms.@Nullable Alarm alarm;

        /** Nothing is owed before a message of the program. */
        Owing(Watch.Idle watch, boolean owes) {
            this.watch = watch;
            this.paid = !owes;
        }

        void rest() {
            if (alarm != null) alarm.close();
            alarm = null;
            rests++;
        }
    }

    /** One whose silence is timed. */
    private static final class Listening {
        private final Watch.Silent watch;
        private Alarms.@Nullable Alarm alarm;
        private @Nullable Letter nudge;
        private int nudges;

        Listening(Watch.Silent watch) {
            this.watch = watch;
        }

        Duration limit() {
            return watch.limit();
        }
    }

    private void put(Watch watch) {
        switch (watch) {
            case Watch.Idle idle -> owing.add(new Owing(idle, spoken));
            case Watch.Silent silent -> listening.add(new Listening(silent));
        }
    }

    void add(Watch watch) {
        lock.lock();
        try {
            put(watch);
        } finally {
            lock.unlock();
        }
        begin();
    }

    /** Times what is there to be timed. */
    void begin() {
        lock.lock();
        try {
            for (var one : listening) if (one.alarm == null) listen(one, one.limit());
        } finally {
            lock.unlock();
        }
        if (session.state() == SessionState.IDLE) settled();
    }

    /** How long it has been in which state. */
    String standing() {
        return session.state() + " for " + Duration.ofNanos(now() - since).toSeconds() + " s";
    }

    void heard(Entry entry) {
        last = entry;
        lastHeard = now();
    }

    void called(String tool) {
        lock.lock();
        try {
            for (var one : owing) {
                if (one.watch.tools().contains(tool)) one.paid = true;
                one.nudges = 0;
                one.rest();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A message was sent; one of the program's own begins everything anew. */
    void sent(Letter letter) {
        lock.lock();
        try {
            lastHeard = now();
            since = lastHeard;
            spoken |= !letter.from().startsWith("watch:");
            for (var one : owing) {
                one.rest();
                if (letter.from().startsWith("watch:")) continue;
                one.nudges = 0;
                one.paid = false;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The session has nothing to do. */
    void settled() {
        lock.lock();
        try {
            if (ended) return;
            since = now();
            for (var one : owing) {
                one.rest();
                if (!one.paid) rest(one);
            }
        } finally {
            lock.unlock();
        }
    }

    private void rest(Owing one) {
        int rest = one.rests;
        one.alarm =
                alarms().at(
                                now() + one.watch.quiet().toNanos(),
                                () -> aside(() -> rested(one, rest)));
    }

    /** It has rested for so long: it is told, or given up. */
    private void rested(Owing one, int rest) {
        boolean enough;
        lock.lock();
        try {
            if (ended || one.rests != rest || session.state() != SessionState.IDLE) return;
            if (session.scope().waitsForHuman()) {
                rest(one);
                return;
            }
            one.rest();
            enough = one.nudges++ == one.watch.nudges();
        } finally {
            lock.unlock();
        }
        if (enough) giveUp(one.watch);
        else nudge(one.watch, one.nudges);
    }

    private void nudge(Watch.Idle watch, int count) {
        var text = session.scope().run().keep("text/plain", watch.text());
        session.record(new WorkflowEvent.Nudged(session.path(), count, text));
        session.post(
                new Letter.Content("watch:idle", watch.text(), AgentSession.Mode.FOLLOW_UP, null));
    }

    private void giveUp(Watch.Idle watch) {
        var tools = String.join(", ", watch.tools().stream().sorted().toList());
        var detail = "it does not call " + tools + " (" + watch.nudges() + " nudges)";
        session.lost(new Limit.Idle(session.name(), detail));
    }

    private void listen(Listening one, Duration in) {
        one.alarm = alarms().at(now() + in.toNanos(), () -> aside(() -> listened(one)));
    }

    private void listened(Listening one) {
        boolean silent;
        lock.lock();
        try {
            if (ended) return;
            long quiet = now() - lastHeard;
            boolean working = session.state() == SessionState.WORKING;
            silent = working && quiet >= one.limit().toNanos();
            if (!silent) listen(one, working ? one.limit().minusNanos(quiet) : one.limit());
        } finally {
            lock.unlock();
        }
        if (silent) react(one);
    }

    private void react(Listening one) {
        var time = one.limit().toString().substring(2).toLowerCase(Locale.ROOT);
        var detail = "nothing was heard of it for " + time + evidence();
        var failure = new Limit.Idle(session.name(), detail);
        switch (one.watch.react()) {
            case Reaction.Nudge() -> wake(one, time);
            case Reaction.Escalate() -> {
                session.interrupt("nothing was heard of it");
                escalate(failure);
            }
            case Reaction.Stop() -> {
                session.interrupt("nothing was heard of it");
                session.lost(failure);
            }
            case Reaction.AnswerNow _, Reaction.Park _ ->
                    throw new IllegalStateException("no watch has this reaction");
        }
    }

    private String evidence() {
        var entry = last;
        return entry == null ? "" : " after entry " + entry.seq() + ", " + entry.event().kind();
    }

    /** One message at a time: it may be long before it reads the first. */
    private void wake(Listening one, String time) {
        var before = one.nudge;
        if (before == null || before.delivery() == AgentSession.Delivery.SEEN) {
            var said =
                    "Nothing was heard of you for " + time + ". Go on, or say what you wait for.";
            var text = session.scope().run().keep("text/plain", said);
            session.record(new WorkflowEvent.Nudged(session.path(), ++one.nudges, text));
            one.nudge =
                    session.post(
                            new Letter.Content(
                                    "watch:silent", said, AgentSession.Mode.STEER, null));
        }
        listenAgain(one);
    }

    private void listenAgain(Listening one) {
        lock.lock();
        try {
            if (!ended) listen(one, one.limit());
        } finally {
            lock.unlock();
        }
    }

    /** It is lost, and whoever is above has to decide, even if it is optional. */
    void escalate(Failure failure) {
        session.lost(failure);
        if (session.options().optional()) session.scope().lost(session, failure);
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            owing.forEach(Owing::rest);
            for (var one : listening) if (one.alarm != null) one.alarm.close();
        } finally {
            lock.unlock();
        }
    }

    /** Alarms must be short, and this is not. */
    private void aside(Runnable work) {
        session.scope()
                .aside()
                .start(
                        "the watch of " + session.path(),
                        () -> {
                            work.run();
                            return true;
                        });
    }

    private Alarms alarms() {
        return session.scope().engine().alarms();
    }

    private long now() {
        return session.scope().engine().time().nanos();
    }
}
