package dev.skein.runtime;

import dev.skein.model.TokenEstimator;
import dev.skein.policy.ContextCarrier;
import dev.skein.policy.Environment;
import dev.skein.session.HistoryFilter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime takes from outside.
 *
 * @param clock a {@link dev.skein.policy.Timekeeper}, or a wall clock to which the real monotonic
 *     one is added
 * @param random of ids and jitter; null: seeded by the system
 * @param filters what {@link dev.skein.session.ContextFilter.Named} refers to
 */
public record Ports(
        InstantSource clock,
        ZoneId zone,
        @Nullable RandomGenerator random,
        List<ContextCarrier> carriers,
        Environment environment,
        TokenEstimator estimator,
        Map<String, HistoryFilter> filters) {
    public Ports {
        carriers = List.copyOf(carriers);
        filters = Map.copyOf(filters);
    }

    static Ports standard() {
        return new Ports(
                InstantSource.system(),
                ZoneId.systemDefault(),
                null,
                List.of(),
                Environment.ofProcess(),
                TokenEstimator.bytes(),
                Map.of());
    }

    Ports withClock(InstantSource clock) {
        return new Ports(clock, zone, random, carriers, environment, estimator, filters);
    }

    Ports withZone(ZoneId zone) {
        return new Ports(clock, zone, random, carriers, environment, estimator, filters);
    }

    Ports withRandom(RandomGenerator random) {
        return new Ports(clock, zone, random, carriers, environment, estimator, filters);
    }

    Ports withCarriers(List<ContextCarrier> carriers) {
        return new Ports(clock, zone, random, carriers, environment, estimator, filters);
    }

    Ports withEnvironment(Environment environment) {
        return new Ports(clock, zone, random, carriers, environment, estimator, filters);
    }

    Ports withFilters(Map<String, HistoryFilter> filters) {
        return new Ports(clock, zone, random, carriers, environment, estimator, filters);
    }
}
