package dev.skein.event;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.json.Decoded;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.name.Namespace;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entries as JSON: on disk, one a line, and over HTTP. First come who, where and when, then the
 * kind as {@code type}, then the fields of the event under their own names; where such a name is
 * taken, {@code event_} stands before it:
 *
 * <pre>{@code
 * {"seq":7,"number":3,"at":"2026-03-02T10:14:07Z","run":"7k2m…","root":"7k2m…","parent":null,
 *  "agent":"pool","namespace":"default","path":"pool","trace":"4bf9…","span":"00f0…",
 *  "type":"emitted","event_type":"progress","data":{"done":3}}
 * }</pre>
 *
 * <p>Encoding and decoding again gives an equal entry. What a newer version wrote is never lost: a
 * kind that is not known here, or whose fields do not fit, is {@link Event.Emitted} of the type
 * {@code unknown.} and its kind, with its fields as they were read.
 */
public final class EntryJson {
    /** Tells the kinds apart for the codec; no event may have a field of that name. */
    static final String KIND = "kind_of_event";

    private static final String UNKNOWN = "unknown.";
    private static final String OWN = "event_";
    private static final Set<String> ENVELOPE =
            Set.of(
                    "seq",
                    "number",
                    "at",
                    "run",
                    "root",
                    "parent",
                    "agent",
                    "namespace",
                    "path",
                    "trace",
                    "span",
                    "type");
    private static final JsonType<Event> EVENTS = JsonType.of(Event.class);
    private static final Map<String, Json> KINDS = kinds();

    private EntryJson() {}

    /** The names of what every entry has; no field of an event bears one. */
    public static Set<String> envelope() {
        return ENVELOPE;
    }

    /** The JSON of an entry; its canonical text has no line end. */
    public static Json.Obj encode(Entry entry) {
        var origin = entry.origin();
        var fields = new LinkedHashMap<String, Json>();
        fields.put("seq", Json.of(entry.seq()));
        fields.put("number", Json.of(entry.number()));
        fields.put("at", Json.of(entry.at().toString()));
        fields.put("run", Json.of(origin.run()));
        fields.put("root", Json.of(origin.root()));
        fields.put("parent", Json.of(origin.parent()));
        fields.put("agent", Json.of(origin.agent()));
        fields.put("namespace", Json.of(origin.namespace().key()));
        fields.put("path", Json.of(origin.path()));
        fields.put("trace", Json.of(origin.trace().traceId()));
        fields.put("span", Json.of(origin.trace().spanId()));
        putEvent(fields, entry.event());
        return new Json.Obj(fields);
    }

    /**
     * The entry of that JSON, whatever its kind.
     *
     * @throws SkeinException with {@code invalid.body} if it is no entry at all
     */
    public static Entry decode(Json json) {
        if (!(json instanceof Json.Obj) || json.get("type").text().isEmpty())
            throw refused("it has no type", null);
        try {
            return new Entry(
                    json.get("seq").asLong(),
                    json.get("number").asLong(),
                    origin(json),
                    Instant.parse(json.get("at").text()),
                    event(json));
        } catch (DateTimeException e) {
            throw refused("it has no time: " + e.getMessage(), e);
        }
    }

    private static void putEvent(Map<String, Json> fields, Event event) {
        var foreign = foreign(event);
        if (foreign != null) {
            fields.put("type", Json.of(foreign.type().substring(UNKNOWN.length())));
            fields.putAll(foreign.data().fields());
            return;
        }
        fields.put("type", Json.of(event.kind()));
        EVENTS.encode(event)
                .fields()
                .forEach((name, value) -> {
                    if (!name.equals(KIND))
                        fields.put(ENVELOPE.contains(name) ? OWN + name : name, value);
                });
    }

    /** The event, if it was read from a kind that is not known here and can be written as that. */
    private static Event.@Nullable Emitted foreign(Event event) {
        return event instanceof Event.Emitted emitted
                        && emitted.type().length() > UNKNOWN.length()
                        && emitted.type().startsWith(UNKNOWN)
                        && !KINDS.containsKey(emitted.type().substring(UNKNOWN.length()))
                        && emitted.data() instanceof Json.Obj(var fields)
                        && fields.keySet().stream().noneMatch(ENVELOPE::contains)
                ? emitted
                : null;
    }

    private static Event event(Json json) {
        var type = json.get("type").text();
        var kind = KINDS.get(type);
        if (kind != null
                && EVENTS.decode(fields(json, kind)) instanceof Decoded.Ok<Event>(var event, _))
            return event;
        return new Event.Emitted(UNKNOWN + type, raw(json));
    }

    /** What the codec reads: the event's fields under their own names. */
    private static Json.Obj fields(Json json, Json kind) {
        var fields = new LinkedHashMap<String, Json>();
        raw(json).fields().forEach((name, value) -> fields.put(ownName(name), value));
        fields.put(KIND, kind);
        return new Json.Obj(fields);
    }

    private static String ownName(String name) {
        if (!name.startsWith(OWN)) return name;
        var own = name.substring(OWN.length());
        return ENVELOPE.contains(own) ? own : name;
    }

    private static Json.Obj raw(Json json) {
        var fields = new LinkedHashMap<>(json.fields());
        fields.keySet().removeAll(ENVELOPE);
        return new Json.Obj(fields);
    }

    private static Origin origin(Json json) {
        var parent = json.get("parent");
        return new Origin(
                json.get("run").text(),
                json.get("root").text(),
                parent.isNull() ? null : parent.text(),
                json.get("agent").text(),
                Namespace.parse(json.get("namespace").text()),
                json.get("path").text(),
                new Trace(json.get("trace").text(), json.get("span").text()));
    }

    /** The name that the codec has for each kind, by the name on the wire. */
    private static Map<String, Json> kinds() {
        var kinds = new HashMap<String, Json>();
        for (var variant : EVENTS.schema().get("anyOf").items()) {
            var name = variant.get("properties").get(KIND).get("const");
            kinds.put(KindNames.snakeCase(name.text()), name);
        }
        return Map.copyOf(kinds);
    }

    private static SkeinException refused(String problem, @Nullable Exception cause) {
        var failure =
                new Invalid.Body("the entry", problem, "Send an entry as the journal writes it.");
        return cause == null ? new SkeinException(failure) : new SkeinException(failure, cause);
    }
}
