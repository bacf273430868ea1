package dev.skein.server;

import dev.skein.failure.Denied;
import dev.skein.failure.Invalid;
import dev.skein.failure.Limit;
import dev.skein.http.RequestHead;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;

/**
 * What is refused before a route is looked for. Who may connect at all was decided before: over a
 * Unix domain socket that is our own user, who may do everything.
 *
 * @param bodyBytes how long a request's body may be
 */
record Guard(long bodyBytes) {
    private static final System.Logger LOG = System.getLogger("dev.skein.server");

    /** For the control socket: 4 MiB. */
    static final Guard LOCAL = new Guard(4L << 20);

    /** Why the request is refused, as the answer to it; empty if it may go on. */
    Optional<Reply> objection(RequestHead head) {
        var origin = head.headers().first("origin");
        // A browser says where a page comes from, and no page has any business here.
        if (origin.isPresent()) {
            var failure = new Denied.Origin("Origin", origin.get());
            LOG.log(Level.WARNING, "{0}: {1}", failure.code(), failure.message());
            return Optional.of(Reply.failed(failure));
        }
        if (head.chunked()) return Optional.of(Reply.failed(411, body("comes in chunks")));
        if (head.length() > bodyBytes) return Optional.of(Reply.failed(tooLarge(head.length())));
        if (head.length() > 0 && !isJson(head.headers().first("content-type").orElse("")))
            return Optional.of(Reply.failed(415, body("is not said to be JSON")));
        return Optional.empty();
    }

    private static boolean isJson(String type) {
        return type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals("application/json");
    }

    private static Invalid.Body body(String problem) {
        return new Invalid.Body(
                "the body", problem, "Send Content-Type: application/json and Content-Length.");
    }

    private Limit.Size tooLarge(long length) {
        return new Limit.Size(
                "the body", length, bodyBytes, "bytes", "Send less, or refer to a file.");
    }
}
