package dev.skein.testkit;

import dev.skein.testkit.Fault.Mangling;
import dev.skein.testkit.Fault.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One fault of each kind, by name. */
final class Catalog {
    private static final int[] STATUSES = {
        400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 529
    };
    static final Map<String, Fault> ALL = Collections.unmodifiableMap(all());

    private Catalog() {}

    private static Map<String, Fault> all() {
        var all = new LinkedHashMap<String, Fault>();
        statuses(all);
        connections(all);
        for (var how : Mangling.values()) {
            all.put(how.name().toLowerCase(Locale.ROOT).replace('_', ' '), new Fault.Mangle(how));
        }
        all.put("error event", new Fault.ErrorEvent(2, ""));
        all.put("huge answer", new Fault.Huge(100_000_000));
        return all;
    }

    private static void statuses(Map<String, Fault> all) {
        for (int code : STATUSES) {
            all.put("status " + code, Fault.status(code));
        }
        all.put("429 for 7 seconds", Fault.rateLimited(Duration.ofSeconds(7)));
        all.put("429 until a date", Fault.rateLimited(Instant.parse("2040-01-01T00:00:00Z")));
        all.put("429 for 700 milliseconds", Fault.rateLimitedMillis(Duration.ofMillis(700)));
        all.put("quota", new Fault.Quota());
        all.put("page of html", Fault.page(502));
        all.put("redirect", Fault.redirect("http://127.0.0.1:9/elsewhere"));
    }

    private static void connections(Map<String, Fault> all) {
        all.put("refuse", new Fault.Refuse(Duration.ofMillis(200)));
        all.put("close kept", new Fault.CloseKept());
        points().forEach((where, at) -> {
            all.put("close " + where, new Fault.CloseAfter(at));
            all.put("stall " + where, new Fault.Stall(at, Fault.FOREVER));
        });
        all.put("one byte a second", new Fault.Slow(1));
    }

    private static Map<String, Point> points() {
        var points = new LinkedHashMap<String, Point>();
        points.put("before headers", new Point.BeforeHeaders());
        points.put("after headers", new Point.AfterHeaders());
        points.put("after 100 bytes", new Point.Bytes(100));
        points.put("after 2 events", new Point.Events(2));
        points.put("inside a character", new Point.InsideCharacter());
        return points;
    }
}
