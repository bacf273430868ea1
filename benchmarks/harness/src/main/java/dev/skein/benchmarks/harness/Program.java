package dev.skein.benchmarks.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;

/**
 * The main program of every subject. It is given the address of the model, says {@code READY} and
 * carries out what standard input says, one command a line; each is answered by one line of JSON.
 *
 * <pre>
 * loop WORK CALLERS MILLIS   callers that make one run after another
 * burst WORK RUNS            all runs at once
 * hold WORK RUNS MILLIS      all at once; the heap is measured after that time
 * series WORK RUNS           one after another, then the heap is measured
 * exit                       closes the subject and says what is left of it
 * </pre>
 *
 * With {@code first} as second argument it makes one run, prints its answer, and waits for a line.
 */
public final class Program {
    private final PrintStream out;

    private Program(PrintStream out) {
        this.out = out;
    }

    /** Opens the subject and serves it until {@code exit} or the end of input. */
    public static void run(String[] arguments, Subject.Maker maker) throws Exception {
        var program = new Program(System.out);
        var input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        boolean first = arguments.length > 1 && arguments[1].equals("first");
        try (var subject = maker.open(arguments[0])) {
            if (first) program.first(subject, input);
            else program.serve(subject, input);
        }
        if (!first) program.say(left().toString());
    }

    private void first(Subject subject, BufferedReader input) throws Exception {
        say(subject.one().checked().toString());
        if (input.readLine() != null) say("");
    }

    private void serve(Subject subject, BufferedReader input) throws Exception {
        say("READY");
        for (var line = input.readLine();
                line != null && !line.equals("exit");
                line = input.readLine()) say(answer(subject, line.split(" ", -1)).toString());
    }

    private static Line answer(Subject subject, String[] words) throws Exception {
        var load = new Load(Work.of(subject, words[1]));
        int count = Integer.parseInt(words[2]);
        return switch (words[0]) {
            case "loop" -> load.loop(count, Long.parseLong(words[3]));
            case "burst" -> load.burst(count);
            case "hold" -> load.hold(count, Long.parseLong(words[3]));
            case "series" -> load.series(count);
            default -> throw new IllegalArgumentException("no command is named " + words[0]);
        };
    }

    private static Line left() throws IOException {
        return new Line().put("threads", Self.threads()).put("sockets", Self.sockets());
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
