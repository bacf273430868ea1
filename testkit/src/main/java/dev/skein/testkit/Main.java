package dev.skein.testkit;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Starts a {@link FakeProvider} by hand and prints what to set for programs that shall ask it. */
final class Main {
    private static final int USAGE_ERROR = 2;
    private static final String USAGE =
            """
            usage: java -jar skein-testkit.jar provider [--port N] [--seed N] [--latency MILLIS]
              --port N          the port on 127.0.0.1; 0, the default, is any free one
              --seed N          what its made-up answers depend on; the default is 1
              --latency MILLIS  every answer begins so long after its request; the default is 0\
            """;

    private Main() {}

    static void main(String[] arguments) throws InterruptedException {
        try {
            serve(options(List.of(arguments)));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            System.err.println("error: " + e.getMessage() + "\n" + USAGE);
            System.exit(USAGE_ERROR);
        }
    }

    /** Serves until the process is ended. */
    private static void serve(Map<String, Long> options) throws InterruptedException {
        int port = Math.toIntExact(options.getOrDefault("--port", 0L));
        try (var provider = FakeProvider.start(port, options.getOrDefault("--seed", 1L))) {
            provider.latency(Duration.ofMillis(options.getOrDefault("--latency", 0L)));
            provider.environment()
                    .forEach((name, value) -> IO.println("export " + name + "=" + value));
            System.err.println("Answers are made up. Ctrl-C ends it.");
            new CountDownLatch(1).await();
        }
    }

    private static Map<String, Long> options(List<String> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().equals("provider"))
            throw new IllegalArgumentException("say what to start");
        var options = new HashMap<String, Long>();
        for (int i = 1; i < arguments.size(); i += 2) {
            var name = arguments.get(i);
            if (!List.of("--port", "--seed", "--latency").contains(name))
                throw new IllegalArgumentException("no option '" + name + "'");
            if (i + 1 == arguments.size())
                throw new IllegalArgumentException(name + " needs a number");
            options.put(name, number(name, arguments.get(i + 1)));
        }
        return options;
    }

    private static long number(String name, String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " needs a number, was '" + text + "'", e);
        }
    }
}
