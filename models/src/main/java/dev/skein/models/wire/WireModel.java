package dev.skein.models.wire;

import dev.skein.failure.SkeinException;
import dev.skein.http.Reply;
import dev.skein.http.ReplyStream;
import dev.skein.http.Request;
import dev.skein.http.Transport;
import dev.skein.http.TransportException;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.ChatModel;
import dev.skein.model.DeltaListener;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.model.ProviderContext;
import java.time.Duration;

/**
 * A model behind one of our own wires. An answer is streamed if somebody listens, and read on the
 * calling thread.
 */
public final class WireModel implements ChatModel {
    private static final int SHOWN = 80;

    private final ModelInfo info;
    private final Faults faults;
    private final Wire wire;
    private final Target target;
    private final ProviderContext context;
    private final Transport transport;
    private final Remembered<JsonType<?>, OutputFormat> formats;

    /** Contacts nobody yet. */
    public WireModel(ModelInfo info, Target target, Wire wire, ProviderContext context) {
        this.info = info;
        this.faults = target.faults();
        this.target = target;
        this.wire = wire;
        this.context = context;
        this.transport = Lines.of(context);
        this.formats = new Remembered<>(wire::format);
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public ModelReply reply(ModelCall call, DeltaListener deltas) throws InterruptedException {
        var output = call.output();
        var format = output == null ? OutputFormat.NONE : formats.of(output);
        var gathering = new Gathering(deltas, Envelope.around(format.enveloped()));
        var reading = wire.reading(new Asking(call, context.estimator(), faults), gathering);
        boolean streamed = !deltas.equals(DeltaListener.none());
        var request = target.request(wire.request(call, format, streamed), streamed);
        try {
            boolean ended =
                    streamed
                            ? stream(request, deadline(call), reading)
                            : whole(transport.send(request, deadline(call)), reading);
            if (!ended) throw faults.unfinished(gathering.characters());
        } catch (TransportException e) {
            throw faults.broken(e, gathering.characters());
        }
        return reading.answer();
    }

    private boolean whole(Reply reply, Wire.Reading reading) {
        if (reply.status() / 100 != 2) throw faults.refused(reply);
        if (isPage(reply)) throw senseless(reply);
        reading.whole(json(reply));
        return true;
    }

    private Json json(Reply reply) {
        try {
            return Json.parse(reply.body());
        } catch (SkeinException e) {
            throw senseless(reply);
        }
    }

    /** What stands between us and the provider likes to answer for people. */
    private static boolean isPage(Reply reply) {
        return reply.headers().first("content-type").orElse("").contains("html");
    }

    private SkeinException senseless(Reply reply) {
        var type = reply.headers().first("content-type").orElse("of no type");
        var text = reply.text();
        var begin = text.substring(0, Math.min(SHOWN, text.length()));
        return faults.senseless("it is no JSON but " + type + ", and begins with: " + begin);
    }

    private boolean stream(Request request, long deadline, Wire.Reading reading)
            throws TransportException, InterruptedException {
        try (var stream = transport.open(request, deadline)) {
            if (isStream(stream)) return events(wire.streaming().open().apply(stream), reading);
            return whole(new Reply(stream.status(), stream.headers(), stream.readAll()), reading);
        }
    }

    /** Not every compatible server streams when it is asked to. */
    private boolean isStream(ReplyStream stream) {
        var type = stream.headers().first("content-type").orElse("");
        var streamed = wire.streaming().type();
        return stream.status() / 100 == 2
                && type.regionMatches(true, 0, streamed, 0, streamed.length());
    }

    /** Whether the mark of the end came. */
    private static boolean events(Streaming.Events events, Wire.Reading reading)
            throws TransportException, InterruptedException {
        for (var event = events.next(); event.isPresent(); event = events.next()) {
            switch (reading.event(event.get())) {
                case Heard.Piece piece -> events.learn(piece);
                case Heard.More _ -> {}
                case Heard.End _ -> {
                    readToEnd(events);
                    return true;
                }
            }
            events.repeated();
        }
        return false;
    }

    /** A connection can serve again only if its reply was read to its end. */
    private static void readToEnd(Streaming.Events events) throws InterruptedException {
        try {
            while (events.next().isPresent()) Thread.onSpinWait();
        } catch (TransportException e) {
            return; // the answer is whole, and the connection is not kept
        }
    }

    private long deadline(ModelCall call) {
        var time = context.time();
        return time.nanos() + Duration.between(time.instant(), call.deadline()).toNanos();
    }
}
