package dev.skein.session;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.failure.StoreFailure;
import dev.skein.json.Json;
import dev.skein.json.JsonWriter;
import dev.skein.model.Message;
import dev.skein.name.Namespace;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a session's file say, in lines of JSON. The first record is the key alone.
 * Every other one begins with a line on the change itself, and has a line for each message: no JSON
 * has line ends of its own, and none grows beyond what can be read again.
 */
final class FrameText {
    private static final int SCHEMA = 1;

    /** As deep as JSON may be to be read. */
    private static final int MAX_DEPTH = 64;

    private FrameText() {}

    /**
     * The first line of a change.
     *
     * @param created null unless the change replaces all that was before
     * @param metadata keys to set
     */
    record Heading(Instant at, @Nullable Instant created, Map<String, Json> metadata) {}

    static byte[] of(SessionKey key) {
        var out =
                new JsonWriter()
                        .object()
                        .field("schema", SCHEMA)
                        .field("namespace", key.namespace().key());
        if (key.agent() != null) out.field("agent", key.agent());
        return out.endObject().toBytes();
    }

    static byte[] of(SessionChange change) {
        return lines(new Heading(change.at(), null, change.metadata()), change.messages());
    }

    /** Of a session that is replaced but for messages that are older than it. */
    static byte[] of(Session session, List<Message> older) {
        var messages = new ArrayList<>(older);
        messages.addAll(session.messages());
        return lines(
                new Heading(session.updated(), session.created(), session.metadata()), messages);
    }

    /**
     * What a first record says.
     *
     * @throws SkeinException with {@code store.too_new} if it was written by a program that knows
     *     more
     */
    static SessionKey key(String text) {
        var json = Json.parse(text);
        int schema = Math.toIntExact(json.get("schema").asLong());
        if (schema > SCHEMA)
            throw new SkeinException(new StoreFailure.TooNew("The session", schema, SCHEMA));
        return new SessionKey(
                Namespace.parse(json.get("namespace").text()),
                json.get("agent") instanceof Json.Text(var agent) ? agent : null);
    }

    static Heading heading(String text) {
        int end = text.indexOf('\n');
        var json = Json.parse(end < 0 ? text : text.substring(0, end));
        var metadata = new HashMap<String, Json>();
        json.get("metadata")
                .fields()
                .forEach((key, value) -> metadata.put(key, Json.parse(value.text())));
        var created = json.get("created");
        return new Heading(
                Instant.parse(json.get("at").text()),
                created.isNull() ? null : Instant.parse(created.text()),
                metadata);
    }

    static List<Message> messages(String text) {
        return text.lines().skip(1).map(Json::parse).map(TranscriptReading::message).toList();
    }

    private static byte[] lines(Heading heading, List<Message> messages) {
        var lines = new ByteArrayOutputStream(512);
        lines.writeBytes(first(heading));
        for (var message : messages) {
            checkDepth(message);
            lines.write('\n');
            lines.writeBytes(Transcript.bytes(message));
        }
        return lines.toByteArray();
    }

    private static byte[] first(Heading heading) {
        var out = new JsonWriter().object().field("at", heading.at().toString());
        if (heading.created() != null) out.field("created", heading.created().toString());
        if (!heading.metadata().isEmpty()) {
            out.name("metadata").object();
            // As texts, since a value may be as deep as JSON can be already.
            heading.metadata().forEach((key, value) -> out.field(key, value.canonical()));
            out.endObject();
        }
        return out.endObject().toBytes();
    }

    private static void checkDepth(Message message) {
        if (!(message instanceof Message.Assistant(_, var calls, _, _))) return;
        for (var call : calls)
            if (!Transcript.within(MAX_DEPTH, call.arguments()))
                throw new SkeinException(
                        new Invalid.Body(
                                "The arguments of call " + call.id(),
                                "they are nested deeper than " + MAX_DEPTH,
                                "Flatten them: they could not be read again."));
    }
}
