package dev.skein.home;

import dev.skein.home.ProcessTable.Family;
import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ends processes with all that they started: asked first, killed half a second later, until nobody
 * is found twice in a row. Goes on to its end although its thread is interrupted.
 */
public final class Ending {
    private static final Duration ASKED = Duration.ofMillis(500);
    private static final Duration KILLED = Duration.ofMillis(1_400);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final int CLEAR = 2;

    private final Timekeeper time = Timekeeper.system();
    private final Collection<Family> families;
    private final Set<ProcessId> known = new HashSet<>();
    private boolean interrupted;

    private Ending(Collection<Family> families) {
        this.families = families;
    }

    /**
     * Blocks for at most 2 s.
     *
     * @return the processes that are alive still
     */
    public static List<Long> of(Collection<Family> families) {
        if (families.isEmpty()) return List.of();
        var ending = new Ending(List.copyOf(families));
        try {
            return ending.end();
        } finally {
            if (ending.interrupted) Thread.currentThread().interrupt();
        }
    }

    private List<Long> end() {
        var asked = members();
        if (!asked.isEmpty()) {
            asked.forEach(ProcessHandle::destroy);
            await(ASKED);
        }
        return kill();
    }

    private void await(Duration limit) {
        long until = time.nanos() + limit.toNanos();
        while (until - time.nanos() > 0 && !members().isEmpty()) pause();
    }

    private List<Long> kill() {
        long until = time.nanos() + KILLED.toNanos();
        for (int clear = 0; ; ) {
            var members = members();
            if (!members.isEmpty() && until - time.nanos() <= 0)
                return members.stream().map(ProcessHandle::pid).sorted().toList();
            clear = members.isEmpty() ? clear + 1 : 0;
            if (clear == CLEAR) return List.of();
            members.forEach(ProcessHandle::destroyForcibly);
            if (clear == 0) pause();
        }
    }

    /** Those below one that has ended are not found by it any more, so they are remembered. */
    private List<ProcessHandle> members() {
        var sought = new ArrayList<>(families);
        known.forEach(one -> sought.add(new Family(one, "", 0)));
        for (var process : ProcessTable.read().members(sought))
            ProcessId.of(process).ifPresent(known::add);
        return known.stream()
                .filter(ProcessId::alive)
                .map(one -> ProcessHandle.of(one.pid()))
                .flatMap(Optional::stream)
                .toList();
    }

    private void pause() {
        try {
            time.pause(LOOK);
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }
}
