package dev.skein.models.langchain;

import dev.skein.http.Reply;
import dev.skein.http.TransportException;
import dev.skein.model.ModelCall;
import dev.skein.models.wire.Gathering;
import org.jspecify.annotations.Nullable;

/**
 * One exchange over our transport inside a call of a LangChain4j model. What goes wrong in it is
 * kept here, because on its way through the library it is wrapped, replaced or swallowed. Used by
 * the calling thread only.
 */
final class Passage {
    static final ScopedValue<Passage> CURRENT = ScopedValue.newInstance();

    private final ModelCall call;
    private final long deadline;
    private final Gathering answer;
    private @Nullable Reply refusal;
    private @Nullable TransportException broken;
    private @Nullable RuntimeException thrown;
    private boolean interrupted;
    private boolean finished;

    Passage(ModelCall call, long deadline, Gathering answer) {
        this.call = call;
        this.deadline = deadline;
        this.answer = answer;
    }

    ModelCall call() {
        return call;
    }

    long deadline() {
        return deadline;
    }

    /** What there is of the answer. */
    Gathering answer() {
        return answer;
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

    /** The provider's mark of the end has come. */
    void finish() {
        finished = true;
    }

    boolean isFinished() {
        return finished;
    }

    /** What ended it on our side of the library, to be thrown as it is. */
    @Nullable RuntimeException thrown() {
        return thrown;
    }

    /** Nothing more is to be read, because of this. */
    RuntimeException ended(RuntimeException why) {
        if (thrown == null) thrown = why;
        return why;
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
