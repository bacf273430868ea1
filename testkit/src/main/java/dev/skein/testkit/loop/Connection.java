package dev.skein.testkit.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client: what it sends is cut into requests, and their answers are done step by step. Used by
 * the loop's thread only.
 */
final class Connection {
    private final EventLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final long id;
    private final Inbox inbox = new Inbox();
    private int requests;
    private boolean last;
    private @Nullable Answer answer;
    private int nextStep;
    // How much of the step that is being done has been handed out, where a step has parts.
    private long progress;
    private boolean paused;
    private @Nullable ByteBuffer out;

    Connection(EventLoop loop, SocketChannel channel, SelectionKey key, long id) {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
        this.id = id;
    }

    boolean isIdle() {
        return answer == null;
    }

    /**
     * Takes in what has come; false if there was nothing or the client has gone. Handles nothing
     * yet.
     */
    boolean read() {
        try {
            if (inbox.read(channel)) {
                return true;
            }
            close(false);
        } catch (Inbox.BadRequest e) {
            refuse(e);
        } catch (IOException e) {
            // The client reset the connection, which is its right.
            close(false);
        }
        return false;
    }

    /** Answers the requests that have come, one after the other. */
    void serve() {
        try {
            while (answer == null && channel.isOpen()) {
                var request = inbox.next();
                if (request == null) {
                    return;
                }
                last = request.wantsClose();
                begin(loop.answer(request.on(id, ++requests)));
                inbox.drop();
                advance();
            }
        } catch (Inbox.BadRequest e) {
            refuse(e);
        }
    }

    /** Goes on after a pause, or when the socket takes bytes again. */
    void resume() {
        advance();
        serve();
    }

    void close(boolean abrupt) {
        if (!channel.isOpen()) {
            return;
        }
        try {
            if (abrupt) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.close();
        } catch (IOException e) {
            loop.report(e);
        }
        loop.forget(key);
        end(false);
    }

    private void begin(Answer next) {
        answer = next;
        nextStep = 0;
        progress = 0;
        paused = false;
    }

    private void end(boolean whole) {
        var ended = answer;
        answer = null;
        out = null;
        if (ended != null && whole) {
            ended.fate().delivered();
        } else if (ended != null) {
            ended.fate().cut();
        }
    }

    private void advance() {
        try {
            while (channel.isOpen() && written() && answer != null) {
                if (nextStep == answer.steps().size()) {
                    end(true);
                    if (last) {
                        close(false);
                    }
                } else if (!take(answer.steps().get(nextStep))) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client went away while it was being answered; its fate hears of it.
            close(false);
        }
    }

    private boolean written() throws IOException {
        if (out == null) {
            return true;
        }
        channel.write(out);
        boolean all = !out.hasRemaining();
        int wanted = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
        if (all) {
            out = null;
        }
        return all;
    }

    /**
     * Begins or continues a step; false if nothing more can be done before the loop calls again.
     */
    private boolean take(Step step) {
        switch (step) {
            case Step.Bytes(var bytes) -> write(bytes, 0, bytes.length, true);
            case Step.Repeat(var bytes, var times) -> repeat(bytes, times);
            case Step.Dripped dripped -> {
                return drip(dripped);
            }
            case Step.Pause(var nanos) -> {
                nextStep++;
                loop.later(nanos, this);
                return false;
            }
            case Step.Hang() -> {
                return false;
            }
            case Step.Close(var abrupt) -> finish(abrupt);
            case Step.Refuse(var nanos) -> {
                finish(true);
                loop.refuse(nanos);
            }
        }
        return true;
    }

    private void repeat(byte[] bytes, long times) {
        if (progress < times) {
            progress++;
            write(bytes, 0, bytes.length, false);
        } else {
            progress = 0;
            nextStep++;
        }
    }

    private boolean drip(Step.Dripped step) {
        int from = (int) progress;
        if (from == step.bytes().length) {
            progress = 0;
            nextStep++;
            return true;
        }
        int size = Math.min(step.size(), step.bytes().length - from);
        // The pause comes before every portion but the first, so that none is left over at the end.
        if (from > 0 && !paused) {
            paused = true;
            loop.later(step.pauseNanos(), this);
            return false;
        }
        paused = false;
        progress += size;
        write(step.bytes(), from, size, false);
        return true;
    }

    private void finish(boolean abrupt) {
        nextStep++;
        if (answer != null && nextStep == answer.steps().size()) {
            end(true);
        }
        close(abrupt);
    }

    private void write(byte[] bytes, int from, int size, boolean whole) {
        out = ByteBuffer.wrap(bytes, from, size);
        if (whole) {
            nextStep++;
        }
    }

    private void refuse(Inbox.BadRequest why) {
        byte[] text = String.valueOf(why.getMessage()).getBytes(UTF_8);
        String head =
                "HTTP/1.1 %d Refused\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
                        .formatted(why.status(), text.length);
        last = true;
        begin(
                new Answer(
                        List.of(new Step.Bytes(head.getBytes(UTF_8)), new Step.Bytes(text)),
                        EventLoop.UNWATCHED));
        advance();
    }
}
