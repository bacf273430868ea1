package dev.skein.benchmarks.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A subject, and how its process is started; the model's address follows.
 *
 * @param warmable false for what can only be started and make one run
 */
record Contender(String name, List<String> command, boolean warmable) {
    static final String SKEIN = "skein";
    static final String LANGCHAIN4J = "langchain4j";
    static final String FLOOR = "floor-socket";
    static final String LAUNCHER = "skein run";
    static final String BOUNDED = "skein, small journal";

    static final String TALKING = "skein, sessions in memory";
    static final String STORING = "skein, sessions on disk";
    static final String LISTENING = "skein, streaming";
    static final String JDK_FLOOR = "floor-jdk";
    static final String FLOOR_LISTENING = "floor-socket, streaming";

    private static final List<String> ORDER =
            List.of(
                    LAUNCHER,
                    SKEIN,
                    BOUNDED,
                    TALKING,
                    STORING,
                    LISTENING,
                    LANGCHAIN4J,
                    JDK_FLOOR,
                    FLOOR,
                    FLOOR_LISTENING);
    private static final String HEAP = "-Xmx3g";

    Contender {
        command = List.copyOf(command);
    }

    /** Where it stands in tables. */
    static int place(String name) {
        return ORDER.indexOf(name);
    }

    /** All that compete, ours first. */
    static List<Contender> all(Checkout checkout) throws IOException {
        var packages = "dev.skein.benchmarks.";
        return List.of(
                java(checkout, SKEIN, "benchmarks", packages + "drivers.SkeinSubject"),
                java(
                        checkout,
                        LANGCHAIN4J,
                        "benchmarks/peers/langchain4j",
                        packages + "peers.LangChain4jSubject"),
                java(checkout, JDK_FLOOR, "benchmarks/floors", packages + "floors.JdkFloor"),
                java(checkout, FLOOR, "benchmarks/floors", packages + "floors.SocketFloor"));
    }

    /** The command line, which can only be measured from its start. */
    static Contender launcher(Checkout checkout) {
        var skein = checkout.root().resolve("skein").toString();
        var program = checkout.benchmarks().resolve("cold/Weather.java").toString();
        return new Contender(LAUNCHER, List.of(skein, "run", program), false);
    }

    /** Skein with a journal that forgets finished runs early. */
    static Contender bounded(Checkout checkout) throws IOException {
        return all(checkout).getFirst().with(BOUNDED, "-Djournal.entries=1000");
    }

    /**
     * Skein plain, with conversations that are kept, and with answers that are streamed; beside it
     * what streaming costs the lowest floor.
     */
    static List<Contender> modes(Checkout checkout) throws IOException {
        var all = all(checkout);
        var skein = all.getFirst();
        var floor = all.getLast();
        return List.of(
                skein,
                skein.with(TALKING, "-Dsessions=memory"),
                skein.with(STORING, "-Dsessions=disk"),
                skein.with(LISTENING, "-Dlistening=true"),
                all.get(1),
                floor,
                floor.with(FLOOR_LISTENING, "-Dlistening=true"));
    }

    /** A main program of ours that measures by itself. */
    static Contender program(Checkout checkout, String main) throws IOException {
        var name = main.substring(main.lastIndexOf('.') + 1);
        return java(checkout, name, "benchmarks", main);
    }

    private Contender with(String otherName, String property) {
        return new Contender(otherName, command(List.of(property), List.of()), true);
    }

    private static Contender java(Checkout checkout, String name, String module, String main)
            throws IOException {
        return new Contender(
                name,
                List.of(Checkout.java(), HEAP, "-cp", checkout.classPath(module), main),
                true);
    }

    /** The command with options for the virtual machine, if it starts one itself. */
    List<String> command(List<String> options, List<String> arguments) {
        var all = new ArrayList<>(command);
        if (warmable) {
            all.addAll(1, options);
            all.addAll(arguments);
        }
        return all;
    }
}
