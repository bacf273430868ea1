package dev.skein.harnesses.link;

import dev.skein.harness.Note;
import dev.skein.harness.Report;
import dev.skein.harness.Seat;
import dev.skein.tool.ToolResult;
import dev.skein.tool.ToolSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** One start of a program; a thread waits for its end. */
final class LinkSeat implements Seat {
    private static final System.Logger LOG = System.getLogger("dev.skein.harnesses");
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final Duration LEAVING = Duration.ofSeconds(5);

    private final Link link;
    private final Door door;
    private final Program program;
    private final Thread waiting;

    LinkSeat(Link link, Door door, Program program) {
        this.link = link;
        this.door = door;
        this.program = program;
        this.waiting = Thread.ofVirtual().name("skein-link-exit").unstarted(this::awaitExit);
    }

    void begin() {
        link.onGivingUp(program::close);
        waiting.start();
    }

    private void awaitExit() {
        try {
            var exit = program.exit();
            door.drain(LAST_WORDS);
            link.end(new Report.Exited(exit.code(), exit.signal(), exit.how()));
        } catch (InterruptedException e) {
            link.end(new Report.Exited(null, null, "nobody waited for its end"));
            LOG.log(Level.ERROR, "nobody waited for the end of an agent", e);
        }
    }

    @Override
    public void deliver(Note note) {
        try {
            link.deliver(note);
        } catch (IOException e) {
            throw new UncheckedIOException("a long message could not be kept in a file", e);
        }
    }

    @Override
    public void offer(ToolSpec tool) {
        link.offer(tool);
    }

    @Override
    public void withdraw(String tool) {
        link.withdraw(tool);
    }

    @Override
    public void answer(ToolResult result) {
        link.send(new Down.Result(result.callId(), result.text(), result.error()));
    }

    @Override
    public void verdict(String ask, boolean allow, String reason) {
        link.send(new Down.Verdict(ask, allow, reason));
    }

    @Override
    public void interrupt(String reason) {
        link.send(new Down.Abort(reason));
    }

    @Override
    public void stop(String reason, Duration limit) {
        link.send(new Down.Stop(reason, limit));
        try {
            program.await(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever waited goes on to close it
        }
    }

    @Override
    public void close() {
        try {
            program.close();
        } finally {
            closeLink();
        }
    }

    private void closeLink() {
        boolean interrupted = Thread.interrupted();
        try {
            waiting.join(LEAVING);
            link.reports().await(LEAVING);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        try {
            door.close();
            link.folder().delete();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the folder of an agent is left", e);
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
