package dev.skein.benchmarks.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * The fake model as a process of its own. It says {@code READY} with its address, and answers each
 * line of standard input, {@code latency MILLIS} or {@code counters}, with its counters. It ends
 * with its input.
 */
public final class ModelProgram {
    private ModelProgram() {}

    public static void main(String[] arguments) throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        var loop = new ModelLoop();
        Thread.ofPlatform().daemon().name("model").start(loop);
        say(System.out, "READY http://127.0.0.1:" + loop.port() + "/v1");
        for (var line = input.readLine(); line != null; line = input.readLine()) {
            var words = line.split(" ", -1);
            if (words[0].equals("latency"))
                loop.latency(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[1])));
            say(
                    System.out,
                    "{\"requests\":%d,\"connections\":%d}".formatted(loop.asked(), loop.open()));
        }
    }

    private static void say(PrintStream out, String line) {
        out.println(line);
        out.flush();
    }
}
