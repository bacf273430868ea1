package dev.skein.testkit;

import dev.skein.harness.Harness;
import dev.skein.harness.Launch;
import dev.skein.harness.Report;
import dev.skein.harness.Seat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Agents that are played in this process by an {@link AgentScript}: what they are told is what they
 * do. Needs no program, no machine and no network.
 */
public final class ScriptedHarness implements Harness {
    private final String id;
    private final Beginning beginning;
    private final AtomicInteger live = new AtomicInteger();

    /** What an agent does before it says that it is there. */
    public interface Beginning {
        void begin(Launch launch) throws InterruptedException;
    }

    private ScriptedHarness(String id, Beginning beginning) {
        this.id = id;
        this.beginning = beginning;
    }

    /** Its id is {@code scripted}. */
    public static ScriptedHarness standard() {
        return beginningWith(_ -> {});
    }

    public static ScriptedHarness beginningWith(Beginning beginning) {
        return new ScriptedHarness("scripted", beginning);
    }

    /** How many of its agents are there. */
    public int live() {
        return live.get();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Seat start(Launch launch, Consumer<Report> reports) throws InterruptedException {
        beginning.begin(launch);
        live.incrementAndGet();
        var seat = new ScriptedSeat(launch, reports, live::decrementAndGet);
        seat.start();
        return seat;
    }
}
