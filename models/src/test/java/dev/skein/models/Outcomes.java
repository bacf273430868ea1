package dev.skein.models;

import java.util.Map;
import java.util.Set;

/** What may come of each fault, by its name. A call of a tool is asked for. */
final class Outcomes {
    private static final String FINE = "answered";
    private static final Map<String, Set<String>> KNOWN =
            Map.ofEntries(
                    Map.entry("status 401", Set.of("model.auth")),
                    Map.entry("status 402", Set.of("model.quota")),
                    Map.entry("status 403", Set.of("model.auth")),
                    Map.entry("status 408", Set.of("model.overloaded")),
                    Map.entry("status 429", Set.of("model.rate_limited")),
                    Map.entry("status 500", Set.of("model.overloaded")),
                    Map.entry("status 502", Set.of("model.overloaded")),
                    Map.entry("status 503", Set.of("model.overloaded")),
                    Map.entry("status 529", Set.of("model.overloaded")),
                    Map.entry("quota", Set.of("model.quota")),
                    Map.entry("page of html", Set.of("model.overloaded")),
                    Map.entry("redirect", Set.of("model.bad_request")),
                    Map.entry("close before headers", Set.of("model.stream_broken")),
                    Map.entry("stall before headers", Set.of("model.timeout")),
                    Map.entry("error event", Set.of("model.overloaded")),
                    Map.entry("huge header", Set.of("model.bad_reply")),
                    Map.entry("wrong content type", Set.of("model.bad_reply")));

    /** Right, or wrong in what the model says only. */
    private static final Set<String> ANSWERED =
            Set.of(
                    "close kept",
                    "character in two",
                    "lf",
                    "crlf",
                    "comments",
                    "pings",
                    "tiny fragments",
                    "arguments cut",
                    "arguments not json",
                    "arguments twice",
                    "no call id",
                    "empty call id",
                    "changing ids",
                    "same call id",
                    "unknown finish",
                    "length in arguments",
                    "unknown fields",
                    "no usage",
                    "zero usage",
                    "tenfold usage",
                    "trailers",
                    "until close",
                    "two answers");

    private Outcomes() {}

    /** Where arguments are objects on the wire, a library cannot read what is none. */
    private static final Set<String> SENSELESS =
            Set.of("arguments cut", "arguments not json", "arguments twice");

    /** Empty if the fault is not one for this test. */
    static Set<String> of(String fault, String wire, boolean streamed) {
        boolean objects = Set.of("gemini", "ollama").contains(wire);
        if (SENSELESS.contains(fault) && objects) return Set.of(FINE, "model.bad_reply");
        boolean idless = objects || !streamed || wire.equals("mistral");
        return switch (fault) {
            case "byte order mark" -> streamed ? Set.of(FINE) : Set.of(FINE, "model.bad_reply");
            case "no end mark" -> unended(streamed);
            case "unknown call id" -> Set.of(idless ? FINE : "model.bad_reply");
            case "no choices" -> unlisted(wire, streamed);
            case "huge answer" -> Set.of("model.bad_reply");
            // Too slow to wait for, or a port that somebody else might take.
            case "one byte a second", "refuse" -> Set.of();
            default -> usual(fault);
        };
    }

    /** A stream in which the reason to end is part of the answer does not end without one. */
    private static Set<String> unlisted(String wire, boolean streamed) {
        boolean inside = streamed && Set.of("gemini", "mistral").contains(wire);
        return Set.of(inside ? "model.stream_broken" : "model.bad_reply");
    }

    private static Set<String> unended(boolean streamed) {
        return streamed
                ? Set.of("model.stream_broken")
                : Set.of("model.stream_broken", "model.bad_reply");
    }

    private static Set<String> usual(String fault) {
        if (KNOWN.containsKey(fault)) return KNOWN.get(fault);
        if (ANSWERED.contains(fault)) return Set.of(FINE);
        if (fault.startsWith("status 4")) return Set.of("model.bad_request");
        if (fault.startsWith("429")) return Set.of("model.rate_limited");
        if (fault.startsWith("close")) return Set.of("model.stream_broken");
        if (fault.startsWith("stall")) return Set.of("model.timeout");
        throw new IllegalArgumentException("a fault that is not known: " + fault);
    }
}
