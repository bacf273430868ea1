package dev.skein.harnesses.link;

import dev.skein.policy.Timekeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;

/** One connection of a program to its seat: a thread that reads, and one that writes. */
final class Connection {
    private static final System.Logger LOG = System.getLogger("dev.skein.harnesses");

    /** A peer that does not read, and sends what must be answered. */
    private static final int MOST_WAITING = 10_000;

    private static final int ACKNOWLEDGED_AT_ONCE = 32;
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final SocketChannel channel;
    private final Link link;
    private final Timekeeper time;
    private final LinkedBlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
    private final RateGate rate;
    private final Thread reader;
    private final Thread writer;

    /** Until when it must be accepted, or gone. */
    private volatile long until;

    private volatile Runnable ended = () -> {};
    private volatile long heard;
    private volatile long said;
    private volatile boolean accepted;
    private long pings;

    Connection(SocketChannel channel, Link link, Timekeeper time) {
        this.channel = channel;
        this.link = link;
        this.time = time;
        this.rate = new RateGate(link.limits(), time);
        this.heard = time.nanos();
        this.said = heard;
        this.until = heard + link.limits().hello().toNanos();
        this.reader = Thread.ofVirtual().name("skein-link-reader").unstarted(this::read);
        this.writer = Thread.ofVirtual().name("skein-link-writer").unstarted(this::write);
    }

    /**
     * Begins to read.
     *
     * @param gone done at its end
     */
    void start(Runnable gone) {
        ended = gone;
        writer.start();
        reader.start();
    }

    private void read() {
        try (channel) {
            var lines = new Lines(Channels.newInputStream(channel));
            try {
                if (hello(lines)) frames(lines);
            } catch (RefusedException e) {
                refuse(e);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the link to an agent broke", e);
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "the link to an agent is ended", e);
        } finally {
            writer.interrupt();
            link.gone(this);
            ended.run();
        }
    }

    private void refuse(RefusedException problem) throws InterruptedException {
        boolean tooMuch = link.refused(this, problem);
        accepted = false;
        until = time.nanos() + 2 * LINGER.toNanos();
        outgoing.clear();
        outgoing.add(problem.frame().line());
        if (tooMuch) link.giveUp();
        time.pause(LINGER);
    }

    /** False: it does not speak our language, and gets no answer. */
    private boolean hello(Lines lines) throws IOException, RefusedException {
        var line = lines.next();
        if (line == null || line.length == 0 || line[0] != '{') return false;
        if (!(Reading.of(line, link.epoch()) instanceof Up.Hello hello))
            throw RefusedException.of("bad_frame", "the first frame is no hello");
        link.admit(this, hello);
        accepted = true;
        return true;
    }

    private void frames(Lines lines) throws IOException, RefusedException, InterruptedException {
        int applied = 0;
        for (var line = lines.next(); line != null; line = lines.next()) {
            heard = time.nanos();
            var frame = Reading.of(line, link.epoch());
            if (!(frame instanceof Up.Ack) && rate.pass()) link.flooded();
            if (!link.take(this, frame)) return;
            if (++applied % ACKNOWLEDGED_AT_ONCE == 0 || !lines.hasNext()) link.acknowledge(this);
        }
    }

    private void write() {
        try {
            while (true) {
                var bytes = ByteBuffer.wrap(outgoing.take());
                while (bytes.hasRemaining()) channel.write(bytes);
                said = time.nanos();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the link to an agent broke", e);
            close();
        } catch (InterruptedException e) {
            close();
        }
    }

    /** Does not block. */
    void send(byte[] line) {
        outgoing.add(line);
    }

    /** Sends what may be left out; one that takes nothing at all is closed. */
    void send(Down frame) {
        if (outgoing.size() > MOST_WAITING) close();
        else send(frame.line());
    }

    boolean isAccepted() {
        return accepted;
    }

    /** The one that is to be closed first. */
    long until() {
        return until;
    }

    /** Says that we are there, and closes what is silent for too long. */
    void check(LinkLimits limits) {
        long now = time.nanos();
        long end = accepted ? heard + limits.silence().toNanos() : until;
        if (now - end >= 0) close();
        else if (accepted && now - said >= limits.heartbeat().toNanos())
            send(new Down.Ping(++pings));
    }

    /** Ends both threads. Does not block. */
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the link to an agent did not close", e);
        }
    }

    /** As {@link #close}, whatever its reader waits for. */
    void end() {
        close();
        reader.interrupt();
    }

    /** Until its reader has ended. */
    boolean await(Duration limit) throws InterruptedException {
        return reader.join(limit);
    }
}
