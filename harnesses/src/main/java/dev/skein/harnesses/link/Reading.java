package dev.skein.harnesses.link;

import dev.skein.failure.Failure;
import dev.skein.failure.RunFailure;
import dev.skein.failure.SkeinException;
import dev.skein.harness.Report;
import dev.skein.json.FailureJson;
import dev.skein.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of an agent.
 *
 * @param frame what the line says
 * @param epoch with which the ids of the agent's calls begin
 */
record Reading(Json frame, long epoch) {
    private static final int LONGEST_TEXT = 512 << 10;
    private static final int LONGEST_ID = 1_024;
    private static final int MOST_SEEN = 1_000;
    private static final int VERSION = 1;

    private static final Set<String> NUMBERED =
            Set.of(
                    "accepted",
                    "seen",
                    "call",
                    "cancel",
                    "ask",
                    "turn",
                    "said",
                    "settled",
                    "conversation");

    /** Of what is only shown: what everybody knows already. */
    private static final Set<String> KNOWN = Set.of("t", "n");

    /**
     * Reads the line.
     *
     * @throws RefusedException with {@code bad_json} if it is none, with {@code bad_frame} if
     *     something of it is missing, of another type, or too long
     */
    static Up of(byte[] line, long epoch) throws RefusedException {
        Json json;
        try {
            json = Json.parse(line);
        } catch (SkeinException e) {
            throw RefusedException.of("bad_json", e.failure().message());
        }
        if (!(json instanceof Json.Obj)) throw bad("the line is no object");
        if (line.length > LONGEST_TEXT) checkTexts(json);
        return new Reading(json, epoch).up();
    }

    private static void checkTexts(Json json) throws RefusedException {
        if (json instanceof Json.Text(var text) && text.length() > LONGEST_TEXT)
            throw bad("a text has more than 512 KiB");
        for (var item : json.items()) checkTexts(item);
        for (var value : json.fields().values()) checkTexts(value);
    }

    private Up up() throws RefusedException {
        return switch (text("t")) {
            case "hello" -> hello();
            case "ready" -> new Up.Ready(number("n"), conversation());
            case "delta" ->
                    text("kind").equals("answer")
                            ? new Up.Said(new Report.Delta(text("text")))
                            : new Up.Skipped();
            case "ack" -> new Up.Ack(number("seq"));
            case "ping" -> new Up.Ping(frame.get("id"));
            case "pong" -> new Up.Skipped();
            default -> told();
        };
    }

    /** What has no number and is not known is nothing. */
    private Up told() throws RefusedException {
        if (!frame.get("n").isNull()) return new Up.Told(number("n"), reports());
        if (NUMBERED.contains(text("t"))) throw bad("n is missing");
        return new Up.Skipped();
    }

    private List<Report> reports() throws RefusedException {
        return switch (text("t")) {
            case "accepted" -> List.of(new Report.Accepted(id("id")));
            case "seen" -> List.of(new Report.Seen(id("id")));
            case "call" -> List.of(new Report.Called(call(), text("tool"), arguments()));
            case "cancel" -> List.of(new Report.CallCanceled(call(), text("reason")));
            case "ask" -> List.of(new Report.Asked(id("ask"), text("tool"), arguments()));
            case "turn" ->
                    text("phase").equals("start") ? List.of(new Report.TurnBegan()) : List.of();
            case "said" -> List.of(new Report.Said(text("role"), text("text")));
            case "settled" -> List.of(new Report.Settled(settled()));
            case "conversation" -> List.of(new Report.ConversationMoved(id("id")));
            default -> List.of(new Report.Noted(id("t"), rest()));
        };
    }

    private Up.Hello hello() throws RefusedException {
        if (number("v") != VERSION) throw bad("the version is not 1");
        boolean first = frame.get("key").isNull();
        var program = frame.get("harness");
        var shown = (program.get("name").text() + " " + program.get("version").text()).strip();
        return new Up.Hello(
                text("agent"),
                number("epoch"),
                new Up.Proof(first, text(first ? "secret" : "key")),
                number("lastSeq"),
                shown,
                seen(),
                frame.get("conversation").isNull() ? null : id("conversation"));
    }

    private List<String> seen() throws RefusedException {
        var items = frame.get("seen").items();
        if (items.size() > MOST_SEEN) throw bad("seen has more than 1,000 ids");
        var seen = new ArrayList<String>();
        for (var item : items) seen.add(item.text());
        return seen;
    }

    private @Nullable String conversation() throws RefusedException {
        var conversation = frame.get("conversation");
        if (conversation.isNull()) return null;
        return new Reading(conversation, epoch).id("id");
    }

    private @Nullable Failure settled() throws RefusedException {
        if (!(frame.get("ok") instanceof Json.Bool(var ok))) throw bad("ok is missing");
        if (ok) return null;
        var error = frame.get("error");
        if (!error.get("code").text().isEmpty()) return FailureJson.decode(error);
        var said = error.get("message").text(error.text("its turn failed"));
        return new RunFailure.Failed(said, "settled", false);
    }

    private String call() throws RefusedException {
        var call = id("call");
        if (!call.startsWith(epoch + ".")) throw bad("call does not begin with the epoch");
        return call;
    }

    private Json arguments() {
        var arguments = frame.get("arguments");
        return arguments.isNull() ? Json.object() : arguments;
    }

    private Json rest() {
        var rest = Json.object();
        for (var field : frame.fields().entrySet())
            if (!KNOWN.contains(field.getKey())) rest = rest.with(field.getKey(), field.getValue());
        return rest;
    }

    private String text(String name) throws RefusedException {
        if (frame.get(name) instanceof Json.Text(var text)) return text;
        throw bad(name + " is missing or no text");
    }

    /** Goes into files and messages as it is. */
    private String id(String name) throws RefusedException {
        var id = text(name);
        if (id.isEmpty()
                || id.length() > LONGEST_ID
                || id.chars().anyMatch(Character::isISOControl))
            throw bad(name + " is not 1 to 1,024 characters without control characters");
        return id;
    }

    private long number(String name) throws RefusedException {
        long number = frame.get(name).asLong(-1);
        if (number < 0) throw bad(name + " is missing or no count");
        return number;
    }

    private static RefusedException bad(String problem) {
        return RefusedException.of("bad_frame", problem);
    }
}
