package dev.skein.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.json.Json;
import dev.skein.testkit.Delivery.Transfer;
import dev.skein.testkit.Draft.Bit;
import dev.skein.testkit.Fault.Mangling;
import dev.skein.testkit.Fault.Point;
import dev.skein.testkit.loop.Step;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Turns what a model says into the bytes of a response, right or with all the faults it is to have.
 */
final class Rendering {
    /** A character of nobody's, which stands where a huge text is to come. */
    static final String HUGE = "\uE000";

    private static final byte[] HUGE_BYTES = HUGE.getBytes(UTF_8);
    private static final int FILLER = 16 << 10;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final Set<String> NOT_THEIRS = Set.of("input", "args", "arguments");

    private final Dialect dialect;
    private final List<Fault> faults;
    private final Set<Mangling> manglings = EnumSet.noneOf(Mangling.class);

    private Rendering(Dialect dialect, List<Fault> faults) {
        this.dialect = dialect;
        this.faults = faults;
        for (var fault : faults) {
            if (fault instanceof Fault.Mangle(var how)) {
                manglings.add(how);
            }
        }
    }

    /** The response of that dialect to what the draft answers. */
    static Delivery of(Dialect dialect, Draft draft, List<Fault> faults) {
        return new Rendering(dialect, faults).delivery(draft);
    }

    private Delivery delivery(Draft draft) {
        var spoiled = draft;
        for (var how : manglings) {
            spoiled = Spoiling.of(spoiled, how);
        }
        boolean streamed = draft.ask().streamed();
        var delivery = new Delivery(200, streamed ? Transfer.CHUNKED : Transfer.LENGTH);
        boolean page = manglings.contains(Mangling.WRONG_CONTENT_TYPE);
        String type = streamed ? dialect.framing().type() : "application/json";
        delivery.header("content-type", page ? "text/html; charset=utf-8" : type);
        if (manglings.contains(Mangling.BYTE_ORDER_MARK)
                && (!streamed || dialect.framing().isText())) {
            delivery.portion(BYTE_ORDER_MARK);
        }
        for (var part : streamed ? frames(spoiled) : parts(whole(spoiled))) {
            delivery.portion(part.bytes, part.times);
        }
        manglings.forEach(how -> mangle(delivery, how, streamed));
        return delivery;
    }

    /** Bytes so many times. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(byte[] bytes, long times) {}

    /** How often the filler makes the huge answer that is wanted; 0 if none is. */
    private long fillers() {
        long times = 0;
        for (var fault : faults) {
            times = fault instanceof Fault.Huge(var size) ? (size + FILLER - 1) / FILLER : times;
        }
        return times;
    }

    /** A body, whose place for a huge text is filled if there shall be one. */
    private List<Part> parts(byte[] whole) {
        int at = fillers() > 0 ? indexOf(whole, HUGE_BYTES) : -1;
        if (at < 0) {
            return List.of(new Part(whole, 1));
        }
        byte[] after = Arrays.copyOfRange(whole, at + HUGE_BYTES.length, whole.length);
        return List.of(
                new Part(Arrays.copyOf(whole, at), 1),
                new Part("x".repeat(FILLER).getBytes(UTF_8), fillers()),
                new Part(after, 1));
    }

    private byte[] whole(Draft draft) {
        for (var fault : faults) {
            if (fault instanceof Fault.ErrorEvent(_, var type)) {
                return error(dialect.error(type)).toBytes();
            }
        }
        var bytes = new ByteArrayOutputStream();
        boolean raw = draft.bits().stream().anyMatch(Bit.Raw.class::isInstance);
        if (!raw || draft.bits().size() > 1) {
            bytes.writeBytes(spaced(newer(dialect.whole(draft)).canonical()));
        }
        for (var bit : draft.bits()) {
            if (bit instanceof Bit.Raw(var more)) {
                bytes.writeBytes(more.copy());
            }
        }
        return bytes.toByteArray();
    }

    private static Json error(Event error) {
        return switch (error) {
            case Event.Document(_, var json) -> json;
            case Event.Thrown(_, var json) -> json;
            case Event.Word _, Event.Framed _ -> Json.object();
        };
    }

    /** White space that changes nothing, where a stream would have comments and line ends. */
    private byte[] spaced(String json) {
        boolean spaced =
                manglings.contains(Mangling.COMMENTS) || manglings.contains(Mangling.PINGS);
        String before = spaced ? "\n \n\n" : "";
        String after =
                manglings.contains(Mangling.CRLF)
                        ? "\r\n"
                        : manglings.contains(Mangling.LF) ? "\n" : "";
        return (before + json + after).getBytes(UTF_8);
    }

    /** A huge text is its event again and again. */
    private List<Part> frames(Draft draft) {
        var frames = new ArrayList<Part>();
        long times = fillers();
        for (var told : events(draft)) {
            var event = renamed(told, draft.id(), frames.size());
            boolean huge =
                    times > 0
                            && event instanceof Event.Document(_, var json)
                            && json.canonical().contains(HUGE);
            frames.add(huge ? new Part(frame(filled(event)), times) : new Part(frame(event), 1));
            times = huge ? 0 : times;
        }
        return frames;
    }

    /** The event with an id of its own for the answer, if ids are to change. */
    private Event renamed(Event event, String id, int number) {
        return manglings.contains(Mangling.CHANGING_IDS)
                        && event instanceof Event.Document(var name, var json)
                ? new Event.Document(
                        name, Json.parse(json.canonical().replace(id, id + "-" + number)))
                : event;
    }

    private static Event filled(Event event) {
        return event instanceof Event.Document(var name, var json)
                ? new Event.Document(
                        name, Json.parse(json.canonical().replace(HUGE, "x".repeat(FILLER))))
                : event;
    }

    private List<Event> events(Draft draft) {
        var events = new ArrayList<>(dialect.stream(draft));
        if (manglings.contains(Mangling.NO_END_MARK)) {
            events.removeLast();
        }
        for (var fault : faults) {
            if (fault instanceof Fault.ErrorEvent(var at, var type)) {
                events.subList(Math.min(at, events.size()), events.size()).clear();
                events.add(dialect.error(type));
            }
        }
        return events;
    }

    private byte[] frame(Event event) {
        var framing = dialect.framing();
        String newline = newline();
        var bytes = new ByteArrayOutputStream();
        if (manglings.contains(Mangling.PINGS)) {
            bytes.writeBytes(
                    dialect.ping()
                            .map(ping -> framing.frame(ping, newline))
                            .orElseGet(() -> framing.comment("still here", newline)));
        }
        if (manglings.contains(Mangling.COMMENTS)) {
            bytes.writeBytes(framing.comment("a comment", newline));
            bytes.writeBytes(framing.comment("", newline));
        }
        if (event instanceof Event.Document(var name, var json)) {
            if (manglings.contains(Mangling.UNKNOWN_FIELDS) && !name.isEmpty()) {
                var unknown = Json.object("type", "x_fake_event", "value", 1);
                bytes.writeBytes(framing.frame(Event.typed(unknown), newline));
            }
            bytes.writeBytes(framing.frame(new Event.Document(name, newer(json)), newline));
        } else {
            bytes.writeBytes(framing.frame(event, newline));
        }
        return bytes.toByteArray();
    }

    private String newline() {
        if (manglings.contains(Mangling.CRLF)) {
            return "\r\n";
        }
        return manglings.contains(Mangling.LF) ? "\n" : dialect.framing().lineEnd();
    }

    /** The value with fields of a later version in every object of the provider's own. */
    private Json newer(Json json) {
        return manglings.contains(Mangling.UNKNOWN_FIELDS) ? extended(json) : json;
    }

    private static Json extended(Json json) {
        if (json instanceof Json.Arr(var items)) {
            return Json.array(items.stream().map(Rendering::extended).toList());
        }
        if (!(json instanceof Json.Obj object)) {
            return json;
        }
        var extended = object;
        for (var field : object.fields().entrySet()) {
            if (!NOT_THEIRS.contains(field.getKey())) {
                extended = extended.with(field.getKey(), extended(field.getValue()));
            }
        }
        return extended.with("x_fake_field", Json.object("a", List.of(1, "ä")));
    }

    private static void mangle(Delivery delivery, Mangling how, boolean streamed) {
        switch (how) {
            case NO_END_MARK -> {
                if (!streamed) {
                    delivery.at(new Point.Bytes(Long.MAX_VALUE), new Step.Close(false), false);
                }
            }
            case CHARACTER_IN_TWO ->
                    delivery.at(new Point.InsideCharacter(), new Step.Pause(5_000_000), true);
            case HUGE_HEADER -> delivery.header("x-fake-header", "h".repeat(1 << 20));
            case TRAILERS -> delivery.trailers();
            case UNTIL_CLOSE -> delivery.transfer(Transfer.UNTIL_CLOSE);
            case TWO_ANSWERS -> delivery.twice();
            case LF,
                    CRLF,
                    COMMENTS,
                    PINGS,
                    BYTE_ORDER_MARK,
                    TINY_FRAGMENTS,
                    ARGUMENTS_CUT,
                    ARGUMENTS_NOT_JSON,
                    ARGUMENTS_TWICE,
                    NO_CALL_ID,
                    EMPTY_CALL_ID,
                    CHANGING_IDS,
                    SAME_CALL_ID,
                    UNKNOWN_CALL_ID,
                    UNKNOWN_FINISH,
                    LENGTH_IN_ARGUMENTS,
                    NO_CHOICES,
                    UNKNOWN_FIELDS,
                    NO_USAGE,
                    ZERO_USAGE,
                    TENFOLD_USAGE,
                    WRONG_CONTENT_TYPE -> {}
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
