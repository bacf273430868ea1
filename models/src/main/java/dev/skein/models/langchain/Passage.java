package dev.skein.models.langchain;

import dev.skein.http.Reply;
import dev.skein.http.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * One exchange over our transport inside a call of a LangChain4j model. What goes wrong in it is
 * kept here, because on its way through the library it is wrapped, replaced or swallowed. Used by
 * the calling thread only.
 */
final class Passage {
    static final ScopedValue<Passage> CURRENT = ScopedValue.newInstance();

    private final long deadline;
    private @Nullable Reply refusal;
    private @Nullable TransportException broken;
    private boolean interrupted;

    Passage(long deadline) {
        this.deadline = deadline;
    }

    long deadline() {
        return deadline;
    }

    @Nullable Reply refusal() {
        return refusal;
    }

    @Nullable TransportException broken() {
        return broken;
    }

    boolean wasInterrupted() {
        return interrupted;
    }

    /** The provider said no. */
    Refused refused(Reply reply) {
        refusal = reply;
        return new Refused(reply);
    }

    /** The exchange broke off. */
    Lost lost(TransportException e) {
        broken = e;
        return new Lost(e);
    }

    /** The thread was interrupted; the connection is closed. */
    Lost lost(InterruptedException e) {
        interrupted = true;
        return new Lost(e);
    }

    /** What ends a call of the library whose exchange did not come to its end. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1;

        Lost(Exception why) {
            super(why.getMessage(), why);
        }
    }
}
