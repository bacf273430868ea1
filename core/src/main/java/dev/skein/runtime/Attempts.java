package dev.skein.runtime;

import dev.skein.event.BudgetEvent;
import dev.skein.event.ModelEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.model.Cost;
import dev.skein.model.DeltaListener;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelReply;
import dev.skein.model.Money;
import dev.skein.model.Price;
import dev.skein.model.Usage;
import dev.skein.policy.Amounts;
import dev.skein.policy.Budget;
import dev.skein.policy.RetryRule;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One model asked until it answers, fails for good, or has had its tries. Each try reserves its
 * worst case first, and settles what it really cost after it.
 *
 * @param others another model waits behind this one, so a shut breaker is not waited for
 * @param deltas who hears the answer while it comes
 */
record Attempts(
        LiveRun<?> run, BoundModel model, RetryRule retry, boolean others, DeltaListener deltas) {
    private static final double MARGIN = 1.1;

    /** An answer that is paid for, and not recorded yet. */
    record Answer(String call, ModelReply reply, Duration took) {}

    /**
     * @param estimate of the input, in tokens
     */
    Answer reply(ModelCall call, long estimate) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            awaitBreaker();
            var meter = new Meter(deltas);
            try {
                return once(call.withId(call.id() + "." + attempt), estimate, meter);
            } catch (SkeinException e) {
                var wait = failed(call, e.failure(), attempt, counted(meter));
                if (wait == null) throw e;
                run.listening().discard(attempt);
                run.engine().pause(wait);
            }
        }
    }

    /** How long to wait before the next try; null when this was the last. */
    private @Nullable Duration failed(ModelCall call, Failure failure, int attempt, Usage counted) {
        if (!(failure instanceof ModelFailure ofModel)) return null;
        boolean again = ofModel.retryable() && attempt < retry.tries();
        var wait = again ? wait(ofModel, attempt) : null;
        run.record(new ModelEvent.ModelFailed(call.id(), ofModel, attempt, wait, counted));
        if (wait == null || wait.compareTo(run.clock().left()) < 0) return wait;
        throw new SkeinException(
                new ModelFailure.RateLimited(model.name(), wait, run.clock().left(), ofModel));
    }

    private Duration wait(ModelFailure failure, int attempt) {
        var pause = retry.pause(attempt, run.engine().ids()::nextLong);
        return failure instanceof ModelFailure.RateLimited limited
                        && limited.delay().compareTo(pause) > 0
                ? limited.delay()
                : pause;
    }

    private void awaitBreaker() throws InterruptedException {
        for (var wait = model.breaker().ask(); !wait.isZero(); wait = model.breaker().ask()) {
            if (others || wait.compareTo(run.clock().left()) >= 0)
                throw new SkeinException(
                        new ModelFailure.Overloaded(
                                model.name(),
                                0,
                                "it failed five times in a row and is left alone for "
                                        + wait.toSeconds()
                                        + " s"));
            run.engine().pause(wait);
        }
    }

    private Answer once(ModelCall call, long estimate, Meter meter) throws InterruptedException {
        var price = price();
        var reserved = worstCase(call, estimate, price);
        reserve(call, reserved);
        run.record(
                new ModelEvent.ModelAsked(
                        call.id(),
                        model.name(),
                        call.messages().size(),
                        call.tools().size(),
                        estimate));
        long start = run.engine().time().nanos();
        boolean answered = false;
        try {
            var reply = model.model().reply(call, meter.forModel());
            answered = true;
            model.breaker().succeeded();
            return settled(call, reply.withUsage(priced(reply.usage(), price)), reserved, start);
        } catch (SkeinException e) {
            if (!answered) unanswered(call, e.failure(), reserved, meter);
            throw e;
        } catch (InterruptedException | RuntimeException | Error e) {
            if (!answered) unanswered(call, null, reserved, meter);
            throw e;
        }
    }

    private Answer settled(ModelCall call, ModelReply reply, Amounts reserved, long start) {
        var usage = reply.usage();
        run.spent(usage);
        settle(call, reserved, amounts(usage), false);
        var took = Duration.ofNanos(run.engine().time().nanos() - start);
        return new Answer(call.id(), reply, took);
    }

    /**
     * What was refused before any work is given back; where nobody can know, the reservation counts
     * as spent. What the provider had counted is spent in any case.
     */
    private void unanswered(
            ModelCall call, @Nullable Failure failure, Amounts reserved, Meter meter) {
        var counted = counted(meter);
        run.spent(counted);
        boolean unknown =
                failure == null
                        || failure instanceof ModelFailure.Timeout
                        || failure instanceof ModelFailure.StreamBroken;
        var known = counted.calls() == 0 ? Amounts.none() : amounts(counted);
        settle(call, reserved, unknown ? reserved : known, unknown);
        if (failure == null || !failure.retryable()) model.breaker().released();
        else if (model.breaker().failed())
            run.record(
                    new ModelEvent.GateShut(
                            model.name(), run.engine().clock().instant().plusSeconds(15), failure));
    }

    private Usage counted(Meter meter) {
        var counted = meter.counted();
        return counted.calls() == 0 ? counted : priced(counted, price());
    }

    private static Amounts amounts(Usage usage) {
        return Amounts.ofCall(usage.total(), usage.cost().money().nanos());
    }

    private void reserve(ModelCall call, Amounts amounts) {
        if (!run.account().limited()) return;
        try {
            run.account().reserve(amounts);
        } catch (SkeinException e) {
            model.breaker().released();
            run.record(new BudgetEvent.BudgetRefused(call.id(), e.failure()));
            throw e;
        }
        run.record(new BudgetEvent.Reserved(call.id(), amounts));
    }

    private void settle(ModelCall call, Amounts reserved, Amounts actual, boolean unknown) {
        if (!run.account().limited()) return;
        run.account().settle(reserved, actual);
        run.record(new BudgetEvent.Settled(call.id(), actual, unknown));
    }

    private Amounts worstCase(ModelCall call, long estimate, @Nullable Price price) {
        if (!run.account().limited()) return Amounts.none();
        var maxTokens = call.settings().maxTokens();
        var usage =
                Usage.of((long) Math.ceil(MARGIN * estimate), maxTokens == null ? 0 : maxTokens);
        return Amounts.ofCall(usage.total(), price == null ? 0 : price.of(usage).nanos());
    }

    /** The price, or null where an unknown one may be passed over. */
    private @Nullable Price price() {
        var known = run.engine().models().price(model.name());
        if (known.isPresent() || !run.account().limitsMoney()) return known.orElse(null);
        return switch (run.account().unpriced()) {
            case Budget.Unpriced.Assume(var assumed) -> assumed;
            case Budget.Unpriced.Ignore() -> null;
            case Budget.Unpriced.Refuse() ->
                    throw new SkeinException(
                            new ModelFailure.PriceUnknown(model.name(), run.account().owner()));
        };
    }

    private Usage priced(Usage usage, @Nullable Price price) {
        return usage.withCost(
                price == null
                        ? new Cost.AtLeast(Money.zero(), Set.of(model.name()))
                        : new Cost.Known(price.of(usage)));
    }
}
