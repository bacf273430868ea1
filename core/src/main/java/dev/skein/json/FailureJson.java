package dev.skein.json;

import dev.skein.failure.Failure;
import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import dev.skein.failure.Unrecognized;
import org.jspecify.annotations.Nullable;

/**
 * Failures on the wire, in the journal and over HTTP: {@code
 * {"code","message","remedy","retryable","data":{…},"cause":{…}|null}}, where the data are the
 * facts. Causes beyond a depth of eight are left out.
 */
public final class FailureJson {
    private static final int MAX_CAUSES = 8;

    private FailureJson() {}

    /** The JSON of a failure. One that was not recognized is written as it was read. */
    public static Json encode(Failure failure) {
        return encode(failure, MAX_CAUSES);
    }

    /**
     * The failure that was encoded; one with a code or with facts that this version does not know
     * becomes {@link Unrecognized}.
     *
     * @throws SkeinException {@code invalid.body} if it is no failure at all
     */
    public static Failure decode(Json json) {
        if (json.get("code").text().isEmpty() || !(json instanceof Json.Obj)) {
            throw new SkeinException(
                    new Invalid.Body(
                            "the failure",
                            "has no code",
                            "Send a failure with code, message and remedy."));
        }
        var known = decode(json, MAX_CAUSES);
        return known == null ? unrecognized(json) : known;
    }

    private static Json encode(Failure failure, int causes) {
        if (failure instanceof Unrecognized unknown) return reencode(unknown);
        return new Json.Obj(envelope(failure).fields())
                .with("data", FailureFacts.of(failure).encode(failure))
                .with(
                        "cause",
                        causes == 0
                                ? null
                                : failure.cause()
                                        .map(cause -> encode(cause, causes - 1))
                                        .orElse(null));
    }

    private static Json.Obj envelope(Failure failure) {
        return Json.object(
                "code",
                failure.code(),
                "message",
                failure.message(),
                "remedy",
                failure.remedy(),
                "retryable",
                failure.retryable());
    }

    private static Json reencode(Unrecognized unknown) {
        try {
            return Json.parse(unknown.json());
        } catch (SkeinException noJson) {
            // Made by hand, not read: there is no text to repeat.
            return envelope(unknown).with("data", Json.object()).with("cause", null);
        }
    }

    private static @Nullable Failure decode(Json json, int causes) {
        var facts = FailureFacts.ofCode(json.get("code").text());
        if (facts == null) return null;
        var cause = json.get("cause");
        return facts.decode(
                json.get("data"),
                cause.isNull() || causes == 0 ? null : causeOf(cause, causes - 1));
    }

    private static Failure causeOf(Json json, int causes) {
        var known = decode(json, causes);
        return known == null ? unrecognized(json) : known;
    }

    private static Unrecognized unrecognized(Json json) {
        var remedy =
                json.get("remedy").text().isBlank()
                        ? "Use a version of Skein that knows this code."
                        : json.get("remedy").text();
        return new Unrecognized(
                json.get("code").text(),
                json.get("message").text(),
                remedy,
                json.get("retryable").asBoolean(false),
                json.canonical());
    }
}
