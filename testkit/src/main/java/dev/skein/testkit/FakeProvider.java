package dev.skein.testkit;

import dev.skein.policy.Timekeeper;
import dev.skein.testkit.loop.Answer;
import dev.skein.testkit.loop.EventLoop;
import dev.skein.testkit.loop.HttpRequest;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Model providers on loopback: one HTTP server with one thread, on which each provider has its base
 * path, its key, its words and its way to say no. A program is pointed at it by base addresses
 * alone; see {@link #environment}.
 *
 * <p>It refuses what the provider would refuse, with that status and that body, unless {@link
 * Wire#lenient} is asked for. It counts tokens by one rule: 4 bytes of UTF-8 are a token and a rest
 * is one more. For the input the bytes are those of all texts of the conversation, of names and
 * arguments (shortest JSON) of calls, of names, descriptions and schemas of tools, and of the
 * schema of the answer; for the output those of texts, reasoning, and names and arguments of calls.
 * Input that was read before counts as cached from 1,024 tokens on, where the wire knows such a
 * thing.
 *
 * <pre>{@code
 * try (var provider = FakeProvider.start()) {
 *     provider.openai().calls("weather", Map.of("city", "Paris")).replies("It is mild.");
 *     // … run an agent with provider.model("gpt-test") and provider.environment() …
 *     assertThat(provider.seen()).hasSize(2);
 * }
 * }</pre>
 */
public final class FakeProvider implements AutoCloseable {
    private final long seed;
    private final Map<String, Desk> desks = new LinkedHashMap<>();
    private final Books books = new Books();
    private final Set<String> unknownModels = ConcurrentHashMap.newKeySet();
    private final InstantSource clock = Timekeeper.system();
    private final EventLoop loop;
    private volatile Pace pace = Pace.none();

    private FakeProvider(int port, long seed) {
        this.seed = seed;
        for (var dialect : Dialects.all()) {
            desks.put(dialect.wire(), new Desk(dialect, this));
        }
        loop = EventLoop.start("skein-fake-provider", port, this::answer);
    }

    /** Starts on a free port, with seed 1. */
    public static FakeProvider start() {
        return start(0, 1);
    }

    /**
     * Starts on 127.0.0.1.
     *
     * @param port 0 for any free one
     * @param seed what answers without a script depend on, with the number of the request
     * @throws java.io.UncheckedIOException if the port cannot be had
     */
    public static FakeProvider start(int port, long seed) {
        return new FakeProvider(port, seed);
    }

    /** OpenAI's chat completions. */
    public Wire openai() {
        return wire("openai");
    }

    /** Anthropic's messages. */
    public Wire anthropic() {
        return wire("anthropic");
    }

    /** Gemini's {@code generateContent} and {@code streamGenerateContent}. */
    public Wire gemini() {
        return wire("gemini");
    }

    /** Mistral's chat completions. */
    public Wire mistral() {
        return wire("mistral");
    }

    /** Ollama's chat. */
    public Wire ollama() {
        return wire("ollama");
    }

    /** Amazon Bedrock's {@code converse} and {@code converse-stream}. */
    public Wire bedrock() {
        return wire("bedrock");
    }

    /** The model string for a model of that name on the OpenAI wire; every name is a model. */
    public String model(String name) {
        return openai().model(name);
    }

    /** Makes models of that name unknown on all wires. */
    public FakeProvider unknownModel(String name) {
        unknownModels.add(name);
        return this;
    }

    /**
     * What to set in the environment of a program so that it asks here instead of the providers.
     */
    public Map<String, String> environment() {
        var variables = new LinkedHashMap<String, String>();
        for (var desk : desks.values()) {
            var dialect = desk.dialect();
            dialect.variables()
                    .forEach((name, value) ->
                            variables.put(
                                    name,
                                    value.replace("BASE", desk.address().toString())
                                            .replace("KEY", dialect.key())));
        }
        return variables;
    }

    /** Requests that arrived whole and could be read, oldest first; the last 10,000. */
    public List<Seen> seen() {
        return books.seen();
    }

    /** Keeps requests for {@link #seen}, as it does from the start, or stops keeping more. */
    public FakeProvider record(boolean on) {
        books.record(on);
        return this;
    }

    /** What happened so far. */
    public Ledger ledger() {
        return books.ledger(loop.open(), loop.mostOpen());
    }

    /** The processor time that the server's thread has used. */
    public Duration busy() {
        return Duration.ofNanos(
                Math.max(0, ManagementFactory.getThreadMXBean().getThreadCpuTime(loop.threadId())));
    }

    /** Every answer begins so long after its request. */
    public FakeProvider latency(Duration fixed) {
        return latency(fixed, fixed, 0);
    }

    /** Every answer begins between these times after its request, drawn evenly with that seed. */
    public FakeProvider latency(Duration min, Duration max, long drawnWith) {
        pace = pace.withLatency(min, max, drawnWith);
        return this;
    }

    /**
     * Every answer is written so many bytes at a time with a pause between; 0 bytes are all at
     * once.
     */
    public FakeProvider chunked(int bytes, Duration between) {
        pace = pace.withDrip(new Pace.Drip(bytes, between.toNanos()));
        return this;
    }

    /**
     * Stops listening and ends idle connections, so that whoever connects is refused, until {@link
     * #up}.
     */
    public void down() {
        loop.execute(loop::down);
    }

    /** Listens again on the same port. */
    public void up() {
        loop.execute(loop::up);
    }

    /** The address of the server, without a path. */
    public URI origin() {
        return URI.create("http://127.0.0.1:" + loop.port());
    }

    /**
     * Ends the server, its thread and all connections, and waits until that has happened.
     *
     * @throws IllegalStateException if a script threw or the server failed
     */
    @Override
    public void close() {
        loop.close();
    }

    long seed() {
        return seed;
    }

    Books books() {
        return books;
    }

    Pace pace() {
        return pace;
    }

    Set<String> unknownModels() {
        return unknownModels;
    }

    Instant now() {
        return clock.instant();
    }

    private Wire wire(String name) {
        var desk = desks.get(name);
        if (desk == null) {
            throw new IllegalArgumentException("no wire " + name + "; there are " + desks.keySet());
        }
        return new Wire(desk);
    }

    private Answer answer(HttpRequest request) {
        String target = request.target();
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        for (var desk : desks.values()) {
            var dialect = desk.dialect();
            if (path.startsWith(dialect.base())) {
                String rest = path.substring(dialect.base().length());
                if (dialect.serves(rest) && request.method().equals("POST")) {
                    return desk.answer(request, rest);
                }
            }
        }
        return Elsewhere.answer(
                this, request.method(), path, desks.values().stream().map(Desk::dialect).toList());
    }
}
