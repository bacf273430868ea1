package dev.skein.testkit;

import dev.skein.model.Usage;
import dev.skein.testkit.Fault.Point;
import dev.skein.testkit.loop.Answer;
import dev.skein.testkit.loop.Step;
import java.util.List;

/** The last touch: the faults that concern the connection, the pace, and who hears how it went. */
record Dispatch(Books books, Pace pace, List<Fault> met) {
    Answer send(Delivery delivery, Usage usage, Runnable unused) {
        boolean whole = true;
        var drip = pace.drip();
        for (var fault : met) {
            whole &= spoil(delivery, fault);
            drip = fault instanceof Fault.Slow(var rate) ? Pace.Drip.ofRate(rate) : drip;
        }
        long latency = pace.nextNanos();
        if (latency > 0) {
            delivery.first(new Step.Pause(latency));
        }
        return new Answer(delivery.steps(drip), books.fate(usage, whole, unused));
    }

    /** Whether the answer can still be whole. */
    private static boolean spoil(Delivery delivery, Fault fault) {
        return switch (fault) {
            case Fault.CloseAfter(var at) -> {
                delivery.at(at, new Step.Close(false), false);
                yield false;
            }
            case Fault.CloseKept() -> {
                delivery.at(new Point.BeforeHeaders(), new Step.Close(false), false);
                yield false;
            }
            case Fault.Refuse(var time) -> {
                delivery.at(new Point.BeforeHeaders(), new Step.Refuse(time.toNanos()), false);
                yield false;
            }
            case Fault.Stall(var at, var time) -> {
                boolean forEver = time.compareTo(Fault.FOREVER) >= 0;
                delivery.at(
                        at, forEver ? new Step.Hang() : new Step.Pause(time.toNanos()), !forEver);
                yield !forEver;
            }
            case Fault.ErrorEvent _ -> false;
            case Fault.Mangle(var how) -> how != Fault.Mangling.NO_END_MARK;
            case Fault.Status _, Fault.Quota _, Fault.Slow _, Fault.Huge _ -> true;
        };
    }
}
