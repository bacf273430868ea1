package dev.skein.checks;

import dev.skein.policy.RestartPolicy.Kind;
import dev.skein.runtime.Supervisor.AutoShutdown;
import dev.skein.runtime.Supervisor.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What Erlang/OTP's supervisors do, after their documentation ("Supervisor Behaviour" and the
 * manual of {@code supervisor}). The clock and the ends of workers are given; who is started and
 * stopped comes out. Two things are not OTP's: a cancel takes also a permanent child down, as
 * {@code terminate_child} does, and a supervisor with nothing left to run ends normally.
 */
final class OtpModel {
    enum End {
        COMPLETED,
        FAILED,
        CANCELED
    }

    /**
     * @param rules of a supervisor; null: it is a worker
     */
    record Spec(String id, Kind restart, boolean significant, @Nullable Rules rules) {}

    record Rules(
            Strategy strategy,
            int intensity,
            long period,
            AutoShutdown shutdown,
            List<Spec> children) {}

    static final class Ward {
        final Spec spec;
        final @Nullable Ward above;
        final String path;
        final List<Ward> below = new ArrayList<>();
        final List<Long> restarts = new ArrayList<>();
        boolean alive;

        Ward(Spec spec, @Nullable Ward above) {
            this.spec = spec;
            this.above = above;
            this.path = above == null ? spec.id() : above.path + "/" + spec.id();
        }
    }

    final List<String> trace = new ArrayList<>();
    long now;

    void start(Ward process) {
        process.alive = true;
        trace.add("+" + process.path);
        process.below.clear();
        process.restarts.clear();
        if (process.spec.rules() == null) return;
        for (var spec : process.spec.rules().children()) process.below.add(new Ward(spec, process));
        process.below.forEach(this::start);
    }

    /** Children first, the last started first. */
    void stop(Ward process) {
        if (!process.alive) return;
        process.below.reversed().forEach(this::stop);
        gone(process, End.CANCELED);
    }

    private void gone(Ward process, End how) {
        process.alive = false;
        trace.add("-" + process.path + " " + how.name().toLowerCase(Locale.ROOT));
    }

    /** It ended by itself, or somebody beside its supervisor canceled it. */
    void ends(Ward process, End how) {
        if (how == End.CANCELED) stop(process);
        else gone(process, how);
        var above = process.above;
        if (above == null) return;
        boolean again =
                switch (process.spec.restart()) {
                    case PERMANENT -> how != End.CANCELED;
                    case TRANSIENT -> how == End.FAILED;
                    case TEMPORARY -> false;
                };
        if (again) restart(above, process);
        else if (process.spec.significant() && shutsDown(above)) leaves(above, End.COMPLETED);
        else rests(above, process);
    }

    /** {@code terminate_child}. */
    void terminate(Ward process) {
        stop(process);
        if (process.above != null) rests(process.above, process);
    }

    private void rests(Ward above, Ward process) {
        if (process.spec.restart() == Kind.TEMPORARY) above.below.remove(process);
        Predicate<Ward> permanent = child -> child.spec.restart() == Kind.PERMANENT;
        if (above.below.stream().noneMatch(permanent.or(child -> child.alive)))
            leaves(above, End.COMPLETED);
    }

    private static boolean shutsDown(Ward above) {
        return switch (rules(above).shutdown()) {
            case NEVER -> false;
            case ANY_SIGNIFICANT -> true;
            case ALL_SIGNIFICANT ->
                    above.below.stream().noneMatch(one -> one.alive && one.spec.significant());
        };
    }

    private void restart(Ward above, Ward process) {
        above.restarts.add(now);
        above.restarts.removeIf(then -> then < now - rules(above).period());
        if (above.restarts.size() > rules(above).intensity()) {
            leaves(above, End.FAILED);
            return;
        }
        int at = above.below.indexOf(process);
        var group =
                switch (rules(above).strategy()) {
                    case ONE_FOR_ONE -> List.of(process);
                    case ONE_FOR_ALL -> List.copyOf(above.below);
                    case REST_FOR_ONE -> List.copyOf(above.below.subList(at, above.below.size()));
                };
        group.reversed().forEach(this::stop);
        above.below.removeIf(one -> group.contains(one) && one.spec.restart() == Kind.TEMPORARY);
        group.stream().filter(above.below::contains).forEach(this::start);
    }

    private void leaves(Ward supervisor, End how) {
        supervisor.below.reversed().forEach(this::stop);
        ends(supervisor, how);
    }

    private static Rules rules(Ward supervisor) {
        var rules = supervisor.spec.rules();
        if (rules == null) throw new IllegalStateException(supervisor.path + " is a worker");
        return rules;
    }
}
