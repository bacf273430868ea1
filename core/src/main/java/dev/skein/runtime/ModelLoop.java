package dev.skein.runtime;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.event.TurnEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.Limit;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.OutputFailure;
import dev.skein.failure.SkeinException;
import dev.skein.failure.Violation;
import dev.skein.json.Decoded;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelReply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one loop of a model agent: ask the model, carry out the calls that it asked for, until it
 * answers. One turn is one model call and its tool calls; a turn that is finished is in the journal
 * and, where the conversation is stored, in its session.
 */
final class ModelLoop<O> {
    private static final int MOST_LOST_TURNS = 3;
    private static final int SHOWN_VIOLATIONS = 10;

    private final LiveRun<O> run;
    private final ModelAgent<O> agent;
    private final Task task;
    private final Toolbox toolbox;
    private final Ladder ladder;
    private int repairs;
    private int lostTurns;

    ModelLoop(LiveRun<O> run, ModelAgent<O> agent, Task task) {
        this.run = run;
        this.agent = agent;
        this.task = task;
        this.toolbox = new Toolbox(run, agent);
        this.ladder = new Ladder(run);
    }

    /** Blocks until there is an answer. Every other end is an exception with its failure. */
    O run() throws InterruptedException {
        var desk = run.desk();
        var input = desk == null ? input() : "";
        MessageSize.checkInput(agent.name(), input);
        run.listening().expect(agent.output());
        try (var _ = seat()) {
            var asking = ModelAsking.open(run, agent, task);
            var window = new Window(run.engine().config().ports().estimator(), Long.MAX_VALUE);
            var talk = Conversation.open(run, window);
            run.talksIn(talk);
            talk.begin(desk == null ? List.of(Message.User.of(input, now())) : desk.take());
            talk.lead(new Background(run, agent, asking).messages());
            var turns = new Turns(run, agent, task, talk);
            int most =
                    task.options().toolless()
                            ? Math.min(1, run.limits().maxTurns())
                            : run.limits().maxTurns();
            for (int turn = 1; turn <= most; turn++) {
                if (desk != null && turn > 1) talk.add(desk.take());
                var output = turn(turns.begin(asking, offer(turns), turn), talk);
                ladder.climb();
                if (output.isPresent()) return output.get();
            }
            throw failed(new Limit.Turns(agent.name(), most));
        }
    }

    private Optional<O> turn(Turns.Turn turn, Conversation talk) throws InterruptedException {
        var reply = turn.reply();
        run.progress().said(reply.message().text());
        run.listening().recorded(reply.message());
        var output =
                reply.message().calls().isEmpty() || task.options().toolless()
                        ? answered(turn, reply, talk)
                        : called(turn, reply, talk);
        run.record(
                new TurnEvent.TurnEnded(
                        turn.number(), reply.usage(), reply.message().calls().size()));
        run.listening().turnEnded(turn.number());
        return output;
    }

    private Optional<O> called(Turns.Turn turn, ModelReply reply, Conversation talk)
            throws InterruptedException {
        var desk = run.desk();
        Turns.Turn.Called called;
        try (var _ = desk == null ? null : desk.calls()) {
            called = turn.results();
            ladder.called(reply.message().calls(), called.seen());
            var results = new Message.Results(called.results(), now());
            talk.add(ladder.and(reply.message(), results));
        }
        lostTurns = called.reached() ? 0 : lostTurns + 1;
        if (lostTurns == MOST_LOST_TURNS)
            throw failed(
                    new ModelFailure.BadReply(
                            turn.model(),
                            "in three turns in a row every call was unknown or invalid"));
        return Optional.empty();
    }

    private Optional<O> answered(Turns.Turn turn, ModelReply reply, Conversation talk) {
        var message = reply.message().withCalls(List.of());
        boolean refused = reply.finish() == Finish.REFUSED;
        if (!refused || !message.text().isBlank()) talk.add(List.of(message));
        if (refused) throw failed(new ModelFailure.Refused(turn.model(), why(message.text())));
        return switch (read(reply)) {
            case Decoded.Ok<O>(var output, var notes) -> {
                if (!notes.isEmpty()) run.record(new TurnEvent.AnswerTrimmed(turn.number(), notes));
                run.listening().ended(() -> agent.output().encode(output));
                if (run.desk() != null) {
                    ladder.answered(message.text());
                    talk.add(ladder.and());
                }
                yield Optional.of(output);
            }
            case Decoded.Bad<O>(var violations) -> repair(turn, violations, talk);
        };
    }

    private static String why(String text) {
        return text.isBlank() ? "it gave no reason" : text;
    }

    private Decoded<O> read(ModelReply reply) {
        boolean text = agent.output().equals(JsonType.text());
        if (!text && reply.finish() == Finish.LENGTH)
            return new Decoded.Bad<>(
                    List.of(new Violation("", "a whole value", "one cut off at maxTokens")));
        return agent.output().read(reply.message().text());
    }

    private Optional<O> repair(Turns.Turn turn, List<Violation> violations, Conversation talk) {
        if (repairs++ == agent.contract().repairs())
            throw failed(new OutputFailure.Invalid(agent.contract().repairs(), violations));
        ladder.answered(turn.reply().message().text());
        var problem =
                violations.stream()
                        .limit(SHOWN_VIOLATIONS)
                        .map(Violation::toString)
                        .collect(Collectors.joining("\n"));
        run.record(new TurnEvent.RepairAsked(turn.number(), problem));
        talk.add(
                ladder.and(
                        Message.User.of(
                                "Your answer does not fit. Correct this and give the whole answer again:\n"
                                        + problem,
                                now())));
        return Optional.empty();
    }

    private Offer offer(Turns turns) throws InterruptedException {
        boolean toolless = ladder.takesTools() || task.options().toolless();
        turns.withoutTools(toolless);
        return toolless ? Offer.nothing(run.namespace()) : toolbox.offer();
    }

    /**
     * What the model gets: text as it is, anything else as canonical JSON once it was seen to fit.
     */
    private String input() {
        if (agent.input().equals(JsonType.text()))
            return task.input() instanceof Json.Text(var text) ? text : task.input().canonical();
        if (agent.input().decodeStrictly(task.input()) instanceof Decoded.Bad<?>(var violations))
            throw failed(new Invalid.Input("Input of '" + agent.name() + "'", violations));
        return task.input().canonical();
    }

    private SessionQueue.Seat seat() throws InterruptedException {
        var key = run.sessionKey();
        return key == null ? () -> {} : run.engine().queue().enter(run, key.text());
    }

    private Instant now() {
        return run.engine().clock().instant();
    }

    private static SkeinException failed(Failure failure) {
        return new SkeinException(failure);
    }
}
