package dev.skein.runtime;

import dev.skein.agent.Interceptor;
import dev.skein.agent.ModelAgent;
import dev.skein.agent.ModelChain;
import dev.skein.agent.RunView;
import dev.skein.agent.Task;
import dev.skein.event.ModelEvent;
import dev.skein.event.ToolEvent;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.DeltaListener;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import dev.skein.policy.RetryRule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Asks a run's model: interceptors around, one permit for the whole, then the model that answers at
 * present and, when that has failed for good, the next of its fallbacks, with which the run stays.
 */
final class ModelAsking {
    private final LiveRun<?> run;
    private final List<Interceptor> interceptors;
    private final @Nullable Semaphore permits;
    private final List<String> candidates;
    private final RetryRule retry;
    private final DeltaListener deltas;
    private int current;
    private Attempts.@Nullable Answer answer;

    private ModelAsking(
            LiveRun<?> run, List<String> candidates, RetryRule retry, DeltaListener deltas) {
        var parts = run.parts();
        this.run = run;
        this.interceptors = parts.interceptors();
        this.permits = parts.permits();
        this.candidates = candidates;
        this.retry = retry;
        this.deltas = deltas;
    }

    /** Chooses the model: the task's, else the agent's, else the runtime's. */
    static ModelAsking open(LiveRun<?> run, ModelAgent<?> agent, Task task)
            throws InterruptedException {
        var candidates = new ArrayList<String>();
        var chosen = choice(run, agent, task);
        candidates.add(chosen.model());
        candidates.addAll(agent.model().fallbacks());
        run.record(new ModelEvent.ModelChosen(chosen.model(), chosen.reason()));
        var own = agent.model().retry();
        var retry = own == null ? run.engine().config().models().retry() : own;
        return new ModelAsking(run, candidates, retry, run.listening().forModel());
    }

    /** For a question beside the conversation: one model, one try, and nobody listens. */
    static ModelAsking aside(LiveRun<?> run, String model) {
        return new ModelAsking(
                run, List.of(model), RetryRule.standard().withTries(1), DeltaListener.none());
    }

    private static AgentRuntime.ChosenModel choice(LiveRun<?> run, ModelAgent<?> agent, Task task)
            throws InterruptedException {
        var ofTask = task.options().model();
        if (ofTask != null) return new AgentRuntime.ChosenModel(ofTask, "the task names it");
        var ofAgent = agent.model().model();
        return ofAgent != null
                ? new AgentRuntime.ChosenModel(ofAgent, "the agent names it")
                : run.engine().models().chosenForRun();
    }

    /** The model that is asked next. */
    BoundModel model() {
        return run.engine().models().find(candidates.get(current));
    }

    String modelName() {
        return candidates.get(current);
    }

    /**
     * One model call of a turn, with everything around it. What leaves the interceptors is what is
     * recorded; of an answer that did not leave them, only what it cost.
     */
    ModelReply ask(ModelCall call, long estimate) throws InterruptedException {
        answer = null;
        var said = Message.Assistant.of("", run.engine().clock().instant());
        try {
            var reply = new Link(0, estimate).proceed(call);
            said = reply.message();
            return reply;
        } finally {
            if (answer != null) record(answer, said);
        }
    }

    private void record(Attempts.Answer answer, Message.Assistant said) {
        run.record(
                new ModelEvent.ModelAnswered(
                        answer.call(),
                        run.keep(said),
                        answer.reply().usage(),
                        answer.reply().finish(),
                        answer.took()));
        var used = answer.reply().used();
        if (!used.isEmpty()) run.record(new ToolEvent.ProviderToolsUsed(answer.call(), used));
    }

    /** The rest of the way to the model from one interceptor on. */
    private final class Link implements ModelChain {
        private final int index;
        private final long estimate;
        private boolean used;

        Link(int index, long estimate) {
            this.index = index;
            this.estimate = estimate;
        }

        @Override
        public ModelReply proceed(ModelCall call) throws InterruptedException {
            if (used) throw Pipeline.proceededTwice(interceptors.get(index - 1).name());
            used = true;
            if (index == interceptors.size()) return permitted(call, estimate);
            var interceptor = interceptors.get(index);
            try {
                return interceptor.aroundModel(call, new Link(index + 1, estimate));
            } catch (SkeinException e) {
                throw e;
            } catch (RuntimeException e) {
                throw Pipeline.threw(interceptor, e, run);
            }
        }

        @Override
        public RunView run() {
            return run.view();
        }
    }

    private ModelReply permitted(ModelCall call, long estimate) throws InterruptedException {
        if (permits == null) return answered(call, estimate);
        permits.acquire();
        try {
            return answered(call, estimate);
        } finally {
            permits.release();
        }
    }

    private ModelReply answered(ModelCall call, long estimate) throws InterruptedException {
        var fresh = fromOneOf(call, estimate);
        answer = fresh;
        return fresh.reply();
    }

    private Attempts.Answer fromOneOf(ModelCall call, long estimate) throws InterruptedException {
        var failures = new ArrayList<ModelFailure>(0);
        while (true) {
            var name = candidates.get(current);
            ProviderTools.require(call.providerTools(), model());
            try {
                return new Attempts(run, model(), retry, current + 1 < candidates.size(), deltas)
                        .reply(call, estimate);
            } catch (SkeinException e) {
                if (!(e.failure() instanceof ModelFailure failure)) throw e;
                failures.add(failure);
                boolean next = fallsBack(failure) && current + 1 < candidates.size();
                if (!next) throw new SkeinException(chained(failures), e);
                current++;
                run.listening().discard(failures.size());
                run.record(new ModelEvent.ModelSwitched(name, candidates.get(current), failure));
            }
        }
    }

    private static boolean fallsBack(ModelFailure failure) {
        return switch (failure) {
            case ModelFailure.Refused _, ModelFailure.BadReply _, ModelFailure.PriceUnknown _ ->
                    false;
            case ModelFailure _ -> true;
        };
    }

    /** The first failure, with the later ones as its causes. */
    private static ModelFailure chained(List<ModelFailure> failures) {
        var chain = failures.getLast();
        for (var failure : failures.reversed().subList(1, failures.size()))
            chain = failure.withCause(chain);
        return chain;
    }
}
