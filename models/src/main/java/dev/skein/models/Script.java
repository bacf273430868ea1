package dev.skein.models;

import dev.skein.failure.Failure;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.DeltaListener;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import dev.skein.models.ScriptedModel.Step;
import dev.skein.models.offline.Spoken;
import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Steps, how far those who ask have come, and what they asked. */
final class Script {
    private static final String ALL = "";

    private final List<Step> steps;
    private final boolean endless;
    private final Function<ModelCall, String> asker;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<ModelCall> calls = new ArrayList<>();
    private final Map<String, Integer> reached = new HashMap<>();

    private Script(List<Step> steps, boolean endless, Function<ModelCall, String> asker) {
        this.steps = steps;
        this.endless = endless;
        this.asker = asker;
    }

    static Script shared(List<Step> steps) {
        return new Script(steps, false, _ -> ALL);
    }

    static Script endless(Step step) {
        return new Script(List.of(step), true, _ -> ALL);
    }

    Script perRun() {
        return new Script(steps, endless, ModelCall::run);
    }

    Script anew() {
        return new Script(steps, endless, asker);
    }

    /** The step for this call, which is kept. */
    Step next(ModelCall call) {
        int number = count(call);
        if (endless) return steps.getFirst();
        if (number <= steps.size()) return steps.get(number - 1);
        var problem = "the script has " + steps.size() + " steps, and this is call " + number;
        throw new SkeinException(new ModelFailure.BadReply("scripted", problem));
    }

    List<ModelCall> calls() {
        lock.lock();
        try {
            return List.copyOf(calls);
        } finally {
            lock.unlock();
        }
    }

    private int count(ModelCall call) {
        lock.lock();
        try {
            calls.add(call);
            return reached.merge(asker.apply(call), 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    /** Tells a text and then fails. */
    record Broken(String text, Failure failure) implements Step {
        @Override
        public ModelReply answer(ModelCall call) {
            throw new SkeinException(failure);
        }

        @Override
        public ModelReply answer(ModelCall call, DeltaListener deltas) {
            Spoken.tell(text, deltas);
            throw new SkeinException(failure);
        }
    }

    /** Waits before it does what another step says. */
    record Late(Timekeeper clock, Duration time, Step then) implements Step {
        @Override
        public ModelReply answer(ModelCall call) throws InterruptedException {
            clock.pause(time);
            return then.answer(call);
        }

        @Override
        public ModelReply answer(ModelCall call, DeltaListener deltas) throws InterruptedException {
            clock.pause(time);
            return then.answer(call, deltas);
        }
    }
}
