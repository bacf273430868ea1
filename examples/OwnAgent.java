import dev.skein.agent.HarnessAgent;
import dev.skein.event.HarnessEvent;
import dev.skein.harnesses.link.LinkHarness;
import dev.skein.json.Json;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Workflow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

record Words(String text) {}

/** This very file, started once more with the argument "agent", plays the agent. */
void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
        new Agent().live();
        return;
    }
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes = System.getProperty("java.class.path");
    var own = LinkHarness.of("own", java, "-cp", classes, "examples/OwnAgent.java", "agent");
    Workflow<String, String> talk = (scope, words) -> {
        var agent = scope.open(HarnessAgent.of("parrot", "link:own"));
        agent.on("shout", "Says it aloud.", Words.class, said -> said.text().toUpperCase(Locale.ROOT));
        var answer = agent.ask(words);
        try (var events = agent.events()) {
            events.first(HarnessEvent.LinkResumed.class, _ -> true, Duration.ofSeconds(10))
                    .ifPresent(_ -> IO.println("Its link broke, and it came back."));
        }
        return answer;
    };
    try (var runtime = AgentRuntime.open(RuntimeConfig.defaults().withHarnesses(own))) {
        IO.println(runtime.run(talk, "good day").orThrow());
    }
}

/** Calls the tool that it has with all that it is told, and says what comes of it. */
static final class Agent {
    private final Path folder = Path.of(System.getenv("SKEIN_DIR"));
    private final Map<String, String> invitation = new HashMap<>();
    private final ArrayDeque<Json.Obj> unacknowledged = new ArrayDeque<>();
    private Writer out = Writer.nullWriter();
    private String key = "";
    private long said;
    private long heard;
    private boolean stumble = true;

    void live() throws IOException {
        for (var line : Files.readAllLines(folder.resolve("env"))) {
            var pair = line.split("=", 2);
            invitation.put(pair[0], pair[1]);
        }
        while (true) connect(UnixDomainSocketAddress.of(folder.resolve("link.sock")));
    }

    /** Stays until the connection breaks; without the folder the agent is not wanted any more. */
    private void connect(UnixDomainSocketAddress address) throws IOException {
        try (var channel = SocketChannel.open(address)) {
            out = Channels.newWriter(channel, StandardCharsets.UTF_8);
            var in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            write(Json.object("t", "hello", "v", 1, "agent", invitation.get("SKEIN_AGENT"))
                    .with("epoch", Long.valueOf(invitation.get("SKEIN_EPOCH")))
                    .with(key.isEmpty() ? "secret" : "key", key.isEmpty() ? invitation.get("SKEIN_SECRET") : key)
                    .with("lastSeq", heard)
                    .with("harness", Json.object("name", "parrot", "version", "1")));
            for (var line = in.readLine(); line != null; line = in.readLine()) hear(Json.parse(line));
        } catch (IOException e) {
            if (!Files.exists(folder)) throw e;
        }
    }

    private void hear(Json frame) throws IOException {
        switch (frame.get("t").text()) {
            case "welcome" -> {
                boolean first = key.isEmpty();
                key = frame.get("key").text();
                acknowledged(frame.get("lastSeq").asLong());
                for (var again : unacknowledged) write(again);
                if (first) say(Json.object("t", "ready", "reason", "startup"));
            }
            case "ack" -> acknowledged(frame.get("seq").asLong());
            case "ping" -> write(Json.object("t", "pong", "id", frame.get("id")));
            case "refuse" -> throw new IOException(frame.get("message").text());
            default -> apply(frame);
        }
    }

    /** Each number once. */
    private void apply(Json frame) throws IOException {
        if (frame.get("n").asLong() != heard + 1) return;
        heard++;
        write(Json.object("t", "ack", "seq", heard));
        switch (frame.get("t").text()) {
            case "message" -> {
                say(Json.object("t", "accepted", "id", frame.get("id")));
                say(Json.object("t", "turn", "phase", "start", "index", 0));
                say(Json.object("t", "seen", "id", frame.get("id")));
                var words = Json.object("text", frame.get("text"));
                var call = invitation.get("SKEIN_EPOCH") + "." + said;
                say(Json.object("t", "call", "call", call, "tool", "shout", "arguments", words));
                if (stumble) stumble();
            }
            case "result" -> {
                var text = frame.path("/content/0/text").text(frame.path("/error/message").text());
                say(Json.object("t", "said", "role", "assistant", "text", text));
                say(Json.object("t", "settled", "ok", true));
            }
            case "abort" -> say(Json.object("t", "settled", "ok", true));
            case "stop" -> System.exit(0);
            default -> {} // tools come and go, and this agent uses the one that it knows
        }
    }

    /** Once, to show what a broken connection does: nothing. */
    private void stumble() throws IOException {
        stumble = false;
        out.close();
    }

    private void say(Json.Obj frame) throws IOException {
        var numbered = frame.with("n", ++said);
        unacknowledged.add(numbered);
        write(numbered);
    }

    private void acknowledged(long seq) {
        unacknowledged.removeIf(frame -> frame.get("n").asLong() <= seq);
    }

    private void write(Json frame) throws IOException {
        out.write(frame.canonical() + "\n");
        out.flush();
    }
}
