package dev.skein.runtime;

import dev.skein.event.RunEvent;
import dev.skein.failure.Failure;
import dev.skein.failure.Limit;
import dev.skein.failure.OutputFailure;
import dev.skein.failure.SkeinException;
import dev.skein.failure.Violation;
import dev.skein.json.Decoded;
import dev.skein.json.JsonType;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a workflow's outcome is: decided once, in the journal before anybody sees it. */
final class Outcome {
    private final LiveRun<?> run;
    private final AtomicReference<@Nullable Decision> decision = new AtomicReference<>();
    private final CountDownLatch decided = new CountDownLatch(1);

    private sealed interface Decision {
        record Done(@Nullable Object value) implements Decision {}

        record Bad(Failure failure) implements Decision {}
    }

    Outcome(LiveRun<?> run) {
        this.run = run;
    }

    boolean done(@Nullable Object value) {
        return decide("done", new Decision.Done(value));
    }

    boolean fail(String by, Failure failure) {
        return decide(by, new Decision.Bad(failure));
    }

    private boolean decide(String by, Decision mine) {
        if (!decision.compareAndSet(null, mine)) return false;
        run.record(new RunEvent.OutcomeDecided(by, mine instanceof Decision.Done));
        decided.countDown();
        return true;
    }

    <T> @Nullable T await(Class<T> type) throws InterruptedException {
        decided.await();
        return value(type);
    }

    <T> @Nullable T await(Class<T> type, Duration limit, String what) throws InterruptedException {
        if (!decided.await(limit.toNanos(), TimeUnit.NANOSECONDS))
            throw new SkeinException(new Limit.Wait(what, limit));
        return value(type);
    }

    private <T> @Nullable T value(Class<T> type) {
        return switch (decision.get()) {
            case null -> throw new IllegalStateException("an outcome was decided and is not there");
            case Decision.Bad(var failure) -> throw new SkeinException(failure);
            case Decision.Done(var value) -> as(type, value, "done");
        };
    }

    /**
     * The value itself if it is an instance, else what its JSON says as that type.
     *
     * @param giver who gave it
     */
    static <T> @Nullable T as(Class<T> type, @Nullable Object value, String giver) {
        var boxed = boxed(type);
        if (value == null) return null;
        if (boxed.isInstance(value)) return boxed.cast(value);
        try {
            if (JsonType.of(boxed).decode(Emission.json(giver, value))
                    instanceof Decoded.Ok<T>(var decoded, _)) return decoded;
        } catch (SkeinException e) {
            throw new SkeinException(mismatch(type, value, giver), e);
        }
        throw new SkeinException(mismatch(type, value, giver));
    }

    @SuppressWarnings("unchecked") // the wrapper of a primitive type is its type for instances
    private static <T> Class<T> boxed(Class<T> type) {
        return (Class<T>) MethodType.methodType(type).wrap().returnType();
    }

    private static Failure mismatch(Class<?> asked, Object value, String giver) {
        var found = giver + " gave a " + value.getClass().getSimpleName();
        return new OutputFailure.Invalid(
                0, List.of(new Violation("", asked.getSimpleName(), found)));
    }
}
