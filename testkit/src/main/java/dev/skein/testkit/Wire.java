package dev.skein.testkit;

import java.net.URI;
import java.util.List;
import java.util.function.Function;

/**
 * One provider's wire on a {@link FakeProvider}: what it is to answer, and where and how it is to
 * fail. Without a script every answer depends on the seed and on the number of the request, and
 * fits the schema if one was sent; a request that is repeated gets another answer. A script that
 * ran out answers 500 and says so. The methods may be called from any thread, also while requests
 * are answered.
 */
public final class Wire {
    private final Desk desk;

    Wire(Desk desk) {
        this.desk = desk;
    }

    /** Answers these texts, one a request, after what is in the script already. */
    public Wire replies(String... texts) {
        for (var text : texts) {
            desk.add(Reply.text(text));
        }
        return this;
    }

    /** Answers these, one a request, after what is in the script already. */
    public Wire replies(Reply... replies) {
        for (var reply : replies) {
            desk.add(reply);
        }
        return this;
    }

    /**
     * Calls that tool once, after what is in the script already; arguments as {@link Piece#call}
     * takes them.
     */
    public Wire calls(String tool, Object arguments) {
        return replies(Reply.calls(tool, arguments));
    }

    /**
     * Answers what the function makes of each request. It runs on the server's only thread: it must
     * not block, and what it throws is answered as a 500 and thrown again by {@link
     * FakeProvider#close}.
     */
    public Wire script(Function<Seen, Reply> by) {
        desk.use(new Script.Made(by));
        return this;
    }

    /**
     * Answers this to every request. With {@link #lenient} and {@link FakeProvider#record
     * record(false)} the bytes are made once and requests are not even parsed, as benchmarks need
     * it: tokens are then those of the reply, else 100 for the input, and the model's name is
     * {@code fake}.
     */
    public Wire always(Reply reply) {
        desk.use(new Script.Always(reply));
        return this;
    }

    /** Does this to the answer of that request, counted on this wire from 1. Several add up. */
    public Wire at(int request, Fault fault) {
        desk.faults().at(request, fault);
        return this;
    }

    /** Does this to the answer of every n-th request: {@code every(1, …)} is all of them. */
    public Wire every(int n, Fault fault) {
        desk.faults().every(n, fault);
        return this;
    }

    /** Accepts what the provider would refuse, wrong keys too. */
    public Wire lenient() {
        desk.lenient();
        return this;
    }

    /** Lets its models read so many tokens; by default what the provider's usual ones do. */
    public Wire contextTokens(long tokens) {
        desk.contextTokens(tokens);
        return this;
    }

    /** The address that a client of the provider is given in place of the real one. */
    public URI base() {
        return desk.address();
    }

    /** The key that it accepts. It is no secret. */
    public String key() {
        return desk.dialect().key();
    }

    /** The model string for a model of this wire. */
    public String model(String name) {
        return desk.dialect().name() + ":" + name;
    }

    /** The requests that came on this wire, oldest first. */
    public List<Seen> seen() {
        return desk.seen();
    }
}
