package dev.skein.server;

import dev.skein.failure.RunFailure;
import dev.skein.failure.RuntimeFailure;
import dev.skein.failure.SkeinException;
import dev.skein.http.RequestHead;
import dev.skein.json.Json;
import dev.skein.policy.Timekeeper;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;

/**
 * One client and its one request. While the request is carried out a second thread reads on: if the
 * client goes away, the thread that works for it is interrupted.
 *
 * <p>A read or write that takes too long is ended from outside, by {@link #check}.
 */
final class ClientConnection implements Runnable {
    private static final System.Logger LOG = System.getLogger("dev.skein.server");
    private static final Duration TO_ASK = Duration.ofSeconds(10);
    private static final Duration TO_SEND_BODY = Duration.ofSeconds(30);
    private static final Duration TO_TAKE_REPLY = Duration.ofSeconds(30);
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final SocketChannel channel;
    private final Guard guard;
    private final Router router;
    private final Timekeeper time;
    private volatile long due;

    ClientConnection(SocketChannel channel, Guard guard, Router router, Timekeeper time) {
        this.channel = channel;
        this.guard = guard;
        this.router = router;
        this.time = time;
        within(TO_ASK);
    }

    /** Carries the request out and closes the connection. */
    @Override
    public void run() {
        try (channel) {
            serve();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client of the control socket went away", e);
        } catch (InterruptedException e) {
            // Nobody is left to tell: the client is gone, or the runtime is.
            Thread.currentThread().interrupt();
        }
    }

    /** Closes it if what it waits for has not come in time. */
    void check(long now) {
        if (due - now < 0) end();
    }

    /** Closes it, whatever it does. */
    void end() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a connection complained at its end", e);
        }
    }

    private void serve() throws IOException, InterruptedException {
        var incoming = new Incoming(Channels.newInputStream(channel));
        var out = new Outgoing(Channels.newOutputStream(channel), () -> within(TO_TAKE_REPLY));
        var head = incoming.head();
        var objection = guard.objection(head);
        if (objection.isPresent()) {
            out.write(objection.get());
            return;
        }
        within(TO_SEND_BODY);
        var body = incoming.body((int) head.length());
        within(FOREVER);
        var listening = listen(incoming, Thread.currentThread());
        try {
            out.write(answer(head, body));
        } finally {
            end();
            listening.join();
        }
    }

    private Thread listen(Incoming incoming, Thread worker) {
        return Thread.ofVirtual()
                .name("skein-client")
                .start(() -> {
                    try {
                        incoming.awaitEnd();
                    } catch (IOException e) {
                        LOG.log(Level.DEBUG, "a client broke off", e);
                    }
                    if (channel.isOpen()) worker.interrupt();
                });
    }

    private Reply answer(RequestHead head, byte[] body) throws IOException {
        try {
            return router.answer(call(head, body));
        } catch (SkeinException e) {
            return Reply.failed(e.failure());
        } catch (InterruptedException e) {
            return Reply.failed(new RuntimeFailure.Closed());
        } catch (Exception e) {
            LOG.log(Level.ERROR, head.method() + " of the control socket threw", e);
            return Reply.failed(
                    new RunFailure.Threw("The server", e.getClass().getSimpleName(), "", ""));
        }
    }

    private static Call call(RequestHead head, byte[] body) {
        var target = head.target().split("\\?", 2);
        return new Call(
                head.method(),
                target[0],
                Query.parse(target.length < 2 ? "" : target[1]),
                Map.of(),
                head.headers(),
                body.length == 0 ? Json.nothing() : Json.parse(body));
    }

    private void within(Duration limit) {
        due = time.nanos() + limit.toNanos();
    }
}
