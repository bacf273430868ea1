package dev.skein.http;

import dev.skein.http.TransportException.Kind;
import dev.skein.policy.TransportLimits;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import org.jspecify.annotations.Nullable;

/** One request, up to the head of its reply. */
final class Exchange {
    private final Route route;
    private final TransportLimits.Sizes sizes;
    private final Request request;
    private final long deadline;
    private final byte[] message;

    Exchange(Route route, TransportLimits.Sizes sizes, Request request, long deadline) {
        this.route = route;
        this.sizes = sizes;
        this.request = request;
        this.deadline = deadline;
        var connector = route.connector();
        message = RequestWriter.bytes(request, connector.origin(), connector.forwarding());
    }

    /** Sends the request and waits for the head of the reply. */
    ReplyStream run() throws TransportException, InterruptedException {
        var rested = route.pool().enter(request, deadline);
        boolean answered = false;
        try {
            var reply = rested == null ? null : askAgain(rested);
            if (reply == null) {
                reply = ask(route.connector().connect(request, deadline));
            }
            answered = true;
            return reply;
        } finally {
            if (!answered) {
                route.pool().leave();
            }
        }
    }

    /**
     * Asks over a connection that has rested. The server may have closed it meanwhile, which shows
     * only now: then no byte comes back, and null says that a new one is needed.
     */
    private @Nullable ReplyStream askAgain(Connection rested)
            throws TransportException, InterruptedException {
        try {
            return ask(rested);
        } catch (TransportException e) {
            boolean stale = e.kind() == Kind.BROKEN || e.kind() == Kind.CLOSED;
            if (stale && e.bytes() == 0) {
                return null;
            }
            throw e;
        }
    }

    private ReplyStream ask(Connection connection) throws TransportException, InterruptedException {
        try {
            if (!connection.begin(request, deadline)) {
                throw new AsynchronousCloseException();
            }
            connection.send(message);
            var head = connection.head();
            var body = Body.of(head, request, connection);
            return new ReplyStream(new Lease(connection, route.pool()), head, body, sizes);
        } catch (IOException e) {
            throw connection.line().explain(e);
        }
    }
}
