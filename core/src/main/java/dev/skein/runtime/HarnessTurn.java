package dev.skein.runtime;

import dev.skein.agent.HarnessAgent;
import dev.skein.event.SessionState;
import dev.skein.failure.Failure;
import dev.skein.failure.OutputFailure;
import dev.skein.failure.SkeinException;
import dev.skein.harness.Report;
import dev.skein.json.Decoded;
import dev.skein.json.JsonType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One turn of an agent that thinks elsewhere, from idle to idle: it is told what waits for it,
 * served what it calls, until it rests.
 */
final class HarnessTurn<O> {
    private static final Duration DRAIN = Duration.ofSeconds(2);
    private static final Duration ABORTING = Duration.ofSeconds(5);

    private final LiveRun<O> run;
    private final HarnessAgent<O> agent;
    private final Desk desk;
    private final LiveSession session;
    private final Seating seating;
    private final Toolbox toolbox;
    private final @Nullable OneAnswer<O> answer;
    private final AtomicReference<@Nullable O> given = new AtomicReference<>();
    private String said = "";
    private boolean rests;
    private int repairs;

    HarnessTurn(LiveRun<O> run, HarnessAgent<O> agent, Desk desk) {
        this.run = run;
        this.agent = agent;
        this.desk = desk;
        this.session = desk.session();
        this.seating = session.elsewhere();
        this.toolbox = new Toolbox(run, agent);
        this.answer =
                agent.output().equals(JsonType.text())
                        ? null
                        : new OneAnswer<>(
                                "answer",
                                "Gives the answer to the question.",
                                agent.output(),
                                value -> given.compareAndSet(null, value));
    }

    /** Blocks until it rests. Every other end is an exception with its failure. */
    O run() throws InterruptedException {
        seating.working(true);
        if (answer != null) session.tools().give(SessionTools.Engines.QUESTION, List.of(answer));
        try (var calls = new ElsewhereCalls(run, desk, toolbox)) {
            try {
                offer();
                var output = output(calls);
                seating.working(false);
                return output;
            } catch (InterruptedException e) {
                abort();
                throw e;
            }
        } finally {
            if (answer != null) session.tools().give(SessionTools.Engines.QUESTION, List.of());
        }
    }

    /** What its definition lets it call; of what its session has it hears by itself. */
    private void offer() throws InterruptedException {
        var ofSession = session.tools().offered().byName();
        seating.ofAgent(
                toolbox.offer().specs().stream()
                        .filter(spec -> !ofSession.containsKey(spec.name()))
                        .toList());
    }

    private O output(ElsewhereCalls calls) throws InterruptedException {
        deliver();
        while (true) {
            if (rests && calls.none() && seating.sawAll()) {
                var output = answered();
                if (output.isPresent()) return output.get();
            }
            var next = seating.next();
            if (next.isEmpty()) deliver();
            else heard(next.get(), calls);
        }
    }

    private void deliver() {
        for (var letter : desk.hear()) {
            rests = false;
            seating.deliver(letter);
        }
    }

    private void heard(Report report, ElsewhereCalls calls) throws InterruptedException {
        try {
            seating.note(report);
        } catch (SkeinException e) {
            session.drain(DRAIN); // what it asked for may still be done; it will be told
            throw e;
        }
        switch (report) {
            case Report.TurnBegan _, Report.Seen _ -> rests = false;
            case Report.Called called -> {
                rests = false;
                calls.call(called);
            }
            case Report.CallCanceled(var call, _) -> calls.cancel(call);
            case Report.Asked asked -> calls.ask(asked);
            case Report.Said(var role, var text) -> said(role, text);
            case Report.Settled(var failure) -> {
                rests = true;
                if (failure != null) throw failed(failure);
            }
            default -> {}
        }
    }

    private void said(String role, String text) {
        if (!role.equals("assistant")) return;
        said = text;
        run.progress().said(text);
    }

    /** Of the type that was asked for, or nothing while it is asked for again. */
    private Optional<O> answered() {
        if (answer == null)
            return Optional.of(
                    switch (agent.output().read(said)) {
                        case Decoded.Ok<O>(var text, _) -> text;
                        case Decoded.Bad<O>(var violations) ->
                                throw failed(new OutputFailure.Invalid(0, violations, said));
                    });
        var value = given.get();
        if (value != null) return Optional.of(value);
        if (repairs++ == agent.contract().repairs())
            throw failed(new OutputFailure.Invalid(agent.contract().repairs(), List.of(), said));
        rests = false;
        var seat = seating.seat();
        if (seat != null)
            seat.deliver(seating.note("Answer by calling the tool " + answer.spec().name() + "."));
        return Optional.empty();
    }

    /** It rests before anything else is said to it, if anything will be. */
    private void abort() {
        boolean ended = session.state() == SessionState.STOPPING || session.scope().door().isShut();
        var seat = seating.seat();
        seating.working(false);
        if (ended || seat == null) return;
        seat.interrupt("the turn was stopped");
        seating.awaitRest(ABORTING);
    }

    private static SkeinException failed(Failure failure) {
        return new SkeinException(failure);
    }
}
