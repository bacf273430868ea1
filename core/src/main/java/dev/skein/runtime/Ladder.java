package dev.skein.runtime;

import dev.skein.event.GuardEvent;
import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import dev.skein.model.Message;
import dev.skein.policy.Livelock;
import dev.skein.policy.Reaction;
import dev.skein.tool.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done about an agent that goes round in circles: with each further repetition one rung
 * more. A run that calls nothing costs it nothing. Used by the run's thread only.
 */
final class Ladder {
    private final LiveRun<?> run;
    private final Livelock limits;
    private @Nullable Repeats repeats;
    private @Nullable Due due;
    private boolean toolFree;

    /**
     * What is to be done when the turn is over.
     *
     * @param call the last one of those that repeat; null: no call repeats
     */
    private record Due(Reaction reaction, Repeats.Found found, @Nullable ToolCall call) {
        String said() {
            return found.text() + ", " + found.times() + " times";
        }
    }

    Ladder(LiveRun<?> run) {
        this.run = run;
        this.limits = run.limits().livelock();
        var desk = run.desk();
        if (desk != null) repeats = desk.repeats();
    }

    /** Whether the turn that begins now has no tools. */
    boolean takesTools() {
        toolFree = repeats != null && repeats.takesTools();
        return toolFree;
    }

    /** The calls of a turn have ended. */
    void called(List<ToolCall> asked, List<Repeats.Call> ended) {
        if (ended.isEmpty() || limits.ladder().isEmpty()) return;
        var calls = toolFree ? ended.stream().map(Repeats.Call::notCarriedOut).toList() : ended;
        found(repeats().turn(limits, calls), asked.getLast());
    }

    /** It gave an answer that is not the end. */
    void answered(String text) {
        if (!limits.ladder().isEmpty()) found(repeats().answered(limits, text), null);
    }

    private Repeats repeats() {
        var known = repeats;
        if (known != null) return known;
        var fresh = new Repeats(run.birth().circumstances().rung());
        repeats = fresh;
        return fresh;
    }

    private void found(Repeats.@Nullable Found found, @Nullable ToolCall call) {
        if (found == null) return;
        var ladder = limits.ladder();
        var reaction = ladder.get(Math.min(found.rung(), ladder.size() - 1));
        due = new Due(reaction, found, call);
        run.progress().climbed(found.rung() + 1);
        run.record(new GuardEvent.LivelockSuspected(found.text(), found.times(), reaction.word()));
    }

    /** These messages, and what the agent must be told behind them. */
    List<Message> and(Message... messages) {
        var all = new ArrayList<>(List.of(messages));
        if (due != null && due.reaction() instanceof Reaction.Nudge) all.add(nudge(due.found()));
        return all;
    }

    private Message nudge(Repeats.Found found) {
        var text =
                "You repeat yourself: "
                        + found.what()
                        + ", "
                        + found.times()
                        + " times in a row. Doing it again will bring nothing new. Do something else,"
                        + " or answer with what you have.";
        return Message.User.of(text, run.engine().clock().instant());
    }

    /**
     * Does what is to be done now that the turn is over and saved.
     *
     * @throws SkeinException with {@code limit.livelock} if that is the end
     */
    void climb() throws InterruptedException {
        var now = due;
        due = null;
        if (now == null) return;
        switch (now.reaction()) {
            case Reaction.Nudge() -> {}
            case Reaction.AnswerNow() -> repeats().takeTools();
            case Reaction.Park() -> park(now);
            case Reaction.Escalate() -> {
                repeats().escalate();
                throw stopped(now.said());
            }
            case Reaction.Stop() -> throw stopped(now.said());
        }
    }

    private void park(Due now) throws InterruptedException {
        var call = now.call();
        if (call == null) throw stopped(now.said());
        var arguments = run.keep("application/json", call.arguments().canonical());
        var no = new Asked(run, call, arguments, List.of("it repeats " + now.said())).refusal();
        if (no.isPresent()) throw stopped(now.said() + "; " + no.get());
        repeats().anew();
        run.progress().climbed(0);
    }

    private SkeinException stopped(String detail) {
        return new SkeinException(new Limit.Livelock(run.name(), detail));
    }
}
