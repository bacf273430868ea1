package dev.skein.benchmarks.workflows;

import dev.skein.json.Json;
import dev.skein.model.ChatModel;
import dev.skein.model.DeltaListener;
import dev.skein.model.Finish;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.ModelInfo;
import dev.skein.model.ModelReply;
import dev.skein.model.Usage;
import dev.skein.tool.ToolCall;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * A model that costs nothing. With the tool {@code message} it sends the time to its peer {@code b}
 * whenever it is asked; who is told a time notes how long ago that was.
 */
final class PeerModel implements ChatModel {
    private static final ModelInfo INFO =
            new ModelInfo("bench:peer", "bench", 200_000, 4_096, Set.of(ModelInfo.Feature.TOOLS));
    private static final Usage USAGE = Usage.of(120, 42);
    private static final Pattern TIME = Pattern.compile("sent at (-?\\d+)");

    private final AtomicLong calls = new AtomicLong();
    private final Queue<Long> delays = new ConcurrentLinkedQueue<>();

    /** Returns when so many messages have arrived. */
    void awaitDelays(int count) {
        while (delays.size() < count) Thread.onSpinWait();
    }

    /** Nanoseconds that each message took. */
    long[] delays() {
        return delays.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public ModelReply reply(ModelCall call, DeltaListener deltas) {
        var last = call.messages().getLast();
        if (last instanceof Message.User) {
            var times = TIME.matcher(last.text());
            if (times.find()) delays.add(System.nanoTime() - Long.parseLong(times.group(1)));
            if (call.tools().stream().anyMatch(tool -> tool.name().equals("message")))
                return sending();
        }
        var message = Message.Assistant.of("Done.", Instant.EPOCH);
        return new ModelReply(message, USAGE, Finish.STOP, "peer");
    }

    private ModelReply sending() {
        var arguments = Json.object("to", "b", "text", "sent at " + System.nanoTime());
        var call = new ToolCall("call_" + calls.incrementAndGet(), "message", arguments);
        var message = new Message.Assistant(List.of(), List.of(call), Instant.EPOCH);
        return new ModelReply(message, USAGE, Finish.TOOLS, "peer");
    }

    @Override
    public ModelInfo info() {
        return INFO;
    }
}
