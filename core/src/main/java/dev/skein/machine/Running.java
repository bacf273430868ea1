package dev.skein.machine;

import dev.skein.home.Ending;
import dev.skein.home.ProcessId;
import dev.skein.home.ProcessTable;
import dev.skein.home.ProcessTable.Family;
import dev.skein.machine.Processes.Noted;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A process that was started in a machine, with all that it starts. */
final class Running {
    private static final System.Logger LOG = System.getLogger("dev.skein.machine");
    private static final long BORN = ProcessTable.born();

    private final Process process;
    private final Processes.Book book;
    private final Noted noted;
    private final AtomicBoolean released = new AtomicBoolean();

    private Running(Process process, Processes.Book book, Noted noted) {
        this.process = process;
        this.book = book;
        this.noted = noted;
    }

    /** Starts it and writes it down. */
    static Running start(Place place, ProcessBuilder builder, String ref) throws IOException {
        var mark = place.processes().newMark();
        builder.environment().put(ProcessTable.MARK, mark);
        var process = place.processes().start(builder);
        // One that has ended already has no start, and is nobody's any more.
        var start = ProcessId.of(process.toHandle()).map(ProcessId::start).orElse("ended");
        var noted = new Noted(process.pid(), start, mark, ref, place.run());
        var running = new Running(process, place.processes().book(), noted);
        try {
            running.book.own(noted);
            return running;
        } catch (RuntimeException e) {
            running.end();
            throw e;
        }
    }

    Process process() {
        return process;
    }

    private Family family() {
        return new Family(new ProcessId(noted.pid(), noted.start()), noted.mark(), BORN);
    }

    /** Ends what of it is alive, and waits for that, 2 s at most. */
    List<Long> end() {
        return end(List.of(this));
    }

    /**
     * Ends all of them at once.
     *
     * @return the processes that could not be ended
     */
    static List<Long> end(Collection<Running> all) {
        var left = Ending.of(all.stream().map(Running::family).toList());
        if (left.isEmpty()) all.forEach(Running::release);
        else LOG.log(System.Logger.Level.WARNING, "processes " + left + " could not be ended");
        return left;
    }

    private void release() {
        if (released.compareAndSet(false, true)) book.release(noted);
    }
}
