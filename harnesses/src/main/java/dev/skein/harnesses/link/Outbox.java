package dev.skein.harnesses.link;

import dev.skein.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** What an agent was sent and has not acknowledged, by number. For one thread at a time. */
final class Outbox {
    /** What an agent should keep to, as it is told. */
    static final Json LIMITS =
            Json.object("frame", Lines.LONGEST, "outbox", 8 << 20, "frames", 4_096);

    private final ArrayDeque<Sent> unacknowledged = new ArrayDeque<>();
    private long last;

    private record Sent(long number, Down.Numbered frame) {
        byte[] line() {
            return frame.line(number);
        }
    }

    /** The line that is to be sent. */
    byte[] add(Down.Numbered frame) {
        var sent = new Sent(++last, frame);
        unacknowledged.add(sent);
        return sent.line();
    }

    /** Forgets what the agent has. The calls whose results are among that. */
    List<String> acknowledged(long seq) throws RefusedException {
        if (seq > last)
            throw RefusedException.of(
                    "bad_frame", "frame " + seq + " was not sent, the last was " + last);
        var answered = new ArrayList<String>();
        while (!unacknowledged.isEmpty() && unacknowledged.getFirst().number() <= seq)
            if (unacknowledged.removeFirst().frame() instanceof Down.Result result)
                answered.add(result.call());
        return answered;
    }

    /** What the agent does not have, in order. */
    List<byte[]> lines() {
        return unacknowledged.stream().map(Sent::line).toList();
    }
}
