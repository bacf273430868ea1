package dev.skein.harnesses.link;

import dev.skein.json.Json;
import dev.skein.json.JsonWriter;
import dev.skein.tool.ToolSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What an agent is sent. */
sealed interface Down {
    /** Half of a line: what is escaped may become longer. */
    int LONGEST_TEXT = 512 << 10;

    /** With its fields but the number. */
    Json.Obj frame();

    /**
     * The link is there.
     *
     * @param lastSeq the number of the last frame of the agent's that was applied
     */
    record Welcome(
            long epoch,
            String key,
            long lastSeq,
            String system,
            List<ToolSpec> tools,
            Map<String, Long> times)
            implements Down {
        public Welcome {
            tools = List.copyOf(tools);
            times = Map.copyOf(times);
        }

        static Map<String, Long> times(LinkLimits limits, Duration grace) {
            return Map.of(
                    "heartbeatMs",
                    limits.heartbeat().toMillis(),
                    "graceMs",
                    grace.toMillis(),
                    "orphanMs",
                    limits.orphan().toMillis());
        }

        @Override
        public Json.Obj frame() {
            var frame =
                    Json.object("t", "welcome", "v", 1, "epoch", epoch, "key", key)
                            .with("lastSeq", lastSeq)
                            .with("system", plain(system))
                            .with("tools", tools.stream().map(Down::tool).toList())
                            .with("limits", Outbox.LIMITS);
            for (var time : times.entrySet()) frame = frame.with(time.getKey(), time.getValue());
            return frame;
        }
    }

    /** The connection ends; if it is the last, the agent is to end too. */
    record Refuse(String code, String message, boolean last) implements Down {
        @Override
        public Json.Obj frame() {
            return Json.object(
                    "t", "refuse", "code", code, "message", plain(message), "final", last);
        }
    }

    record Ack(long seq) implements Down {
        @Override
        public Json.Obj frame() {
            return Json.object("t", "ack", "seq", seq);
        }
    }

    record Ping(long id) implements Down {
        @Override
        public Json.Obj frame() {
            return Json.object("t", "ping", "id", id);
        }
    }

    record Pong(Json id) implements Down {
        @Override
        public Json.Obj frame() {
            return Json.object("t", "pong", "id", id);
        }
    }

    /** What has a number and is sent until it is acknowledged. */
    sealed interface Numbered extends Down {}

    record Message(String id, String text, boolean steer, String from) implements Numbered {
        @Override
        public Json.Obj frame() {
            return Json.object("t", "message", "id", id, "text", plain(text))
                    .with("mode", steer ? "steer" : "followUp")
                    .with("from", plain(from));
        }
    }

    record Offer(ToolSpec tool) implements Numbered {
        @Override
        public Json.Obj frame() {
            return Json.object("t", "tool")
                    .with("name", tool.name())
                    .with("label", tool.name())
                    .with("description", plain(tool.description()))
                    .with("parameters", tool.input().schema());
        }
    }

    record Withdraw(String tool) implements Numbered {
        @Override
        public Json.Obj frame() {
            return Json.object("t", "untool", "name", tool);
        }
    }

    record Result(String call, String text, boolean error) implements Numbered {
        @Override
        public Json.Obj frame() {
            var frame = Json.object("t", "result", "call", call, "ok", !error);
            return error
                    ? frame.with(
                            "error",
                            Json.object(
                                    "code", "tool.failed", "message", plain(text), "remedy", ""))
                    : frame.with(
                            "content", List.of(Json.object("type", "text", "text", plain(text))));
        }
    }

    record Verdict(String ask, boolean allow, String reason) implements Numbered {
        @Override
        public Json.Obj frame() {
            return Json.object("t", "verdict", "ask", ask, "allow", allow)
                    .with("reason", plain(reason));
        }
    }

    record Abort(String reason) implements Numbered {
        @Override
        public Json.Obj frame() {
            return Json.object("t", "abort", "reason", plain(reason));
        }
    }

    record Stop(String reason, Duration within) implements Numbered {
        @Override
        public Json.Obj frame() {
            return Json.object("t", "stop", "reason", plain(reason))
                    .with("withinMs", within.toMillis());
        }
    }

    /** As it goes over the wire, with its end. */
    default byte[] line() {
        return line(frame());
    }

    /** As {@link #line()}, with that number. */
    default byte[] line(long number) {
        return line(frame().with("n", number));
    }

    private static byte[] line(Json.Obj frame) {
        var bytes = frame.toBytes();
        var line = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, line, 0, bytes.length);
        line[bytes.length] = '\n';
        return line;
    }

    private static Json.Obj tool(ToolSpec tool) {
        return new Offer(tool).frame().without("t");
    }

    /**
     * What every program can read: halves of surrogate pairs become U+FFFD, and what would take
     * more than 512 KiB is cut.
     */
    private static String plain(String text) {
        var whole = new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
        if (whole.length() * 6L <= LONGEST_TEXT || written(whole) <= LONGEST_TEXT) return whole;
        int shown = whole.length();
        while (written(whole.substring(0, shown)) > LONGEST_TEXT - 100) shown = shown * 3 / 4;
        if (Character.isHighSurrogate(whole.charAt(shown - 1))) shown--;
        return whole.substring(0, shown)
                + "\n[… "
                + (whole.length() - shown)
                + " characters left out …]";
    }

    private static int written(String text) {
        return new JsonWriter(text.length() + 2).value(text).size();
    }
}
