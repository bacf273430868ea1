package dev.skein.models.wire;

import dev.skein.failure.Denied;
import dev.skein.failure.Failure;
import dev.skein.failure.Limit;
import dev.skein.failure.ModelFailure;
import dev.skein.failure.RuntimeFailure;
import dev.skein.failure.SkeinException;
import dev.skein.http.Reply;
import dev.skein.http.TransportException;
import dev.skein.json.Json;
import dev.skein.policy.Secret;
import dev.skein.policy.Timekeeper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what a refusal of a provider, a broken exchange or a senseless reply means. No text holds
 * the key, also where the provider repeats it.
 *
 * @param provider its name in model strings
 * @param model the whole model string
 * @param key null where none is needed
 */
public record Faults(String provider, String model, @Nullable Secret key, Timekeeper time) {
    private static final Pattern OVERFLOW =
            Pattern.compile(
                    "prompt is too long|maximum context length|too large for model|input token count .*exceeds|input is too long for requested model",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern ROOM =
            Pattern.compile(
                    "(?:context length (?:is|of)|allowed \\(|model with|>) ?(\\d{1,9})",
                    Pattern.CASE_INSENSITIVE);
    private static final int OVERLOADED = 529;
    private static final String[] SPENT = {
        "insufficient_quota", "billing", "payment_required", "servicequotaexceeded"
    };

    /** A reply whose status is not 2xx. */
    public SkeinException refused(Reply reply) {
        var complaint = Complaint.of(reply);
        var delay = RetryAfter.of(reply.headers(), time.instant()).or(complaint::delay);
        int status = reply.status();
        if (status < 400)
            return new SkeinException(
                    new ModelFailure.BadRequest(
                            model,
                            "it answered " + status + ", a redirect, which is not followed"));
        return new SkeinException(failure(status, complaint, delay));
    }

    /** A status that is not 2xx, of which somebody else kept nothing but the body. */
    public SkeinException refused(int status, String body) {
        var complaint = Complaint.of(body.getBytes(StandardCharsets.UTF_8));
        return new SkeinException(failure(status, complaint, complaint.delay()));
    }

    /** An error inside an answer that began well, as an event or as its body. */
    public SkeinException reported(Json error) {
        var complaint = Complaint.of(error);
        return new SkeinException(failure(status(complaint), complaint, complaint.delay()));
    }

    /** An exchange that did not come to its end, after so many characters of the answer. */
    public SkeinException broken(TransportException e, long characters) {
        var failure =
                switch (e.kind()) {
                    case DENIED -> new Denied.Network(provider, "switched off: " + e.getMessage());
                    case CONNECT -> new ModelFailure.Unreachable(provider, said(e));
                    case FIRST_BYTE -> new ModelFailure.Timeout(provider, "first byte", e.waited());
                    case IDLE ->
                            new ModelFailure.Timeout(provider, "between two bytes", e.waited());
                    case DEADLINE -> new ModelFailure.Timeout(provider, "deadline", e.waited());
                    case BROKEN -> new ModelFailure.StreamBroken(provider, characters, 1);
                    case TOO_LARGE, MALFORMED -> new ModelFailure.BadReply(model, said(e));
                    case CLOSED -> new RuntimeFailure.Closed();
                };
        return new SkeinException(failure, e);
    }

    /** An answer that ended without the provider's end mark. */
    public SkeinException unfinished(long characters) {
        return new SkeinException(new ModelFailure.StreamBroken(provider, characters, 1));
    }

    /** A reply that makes no sense. */
    public SkeinException senseless(String detail) {
        return new SkeinException(new ModelFailure.BadReply(model, hidden(detail)));
    }

    private Failure failure(int status, Complaint complaint, Optional<Duration> delay) {
        var detail = hidden(complaint.message());
        if (status == 401 || status == 403 || complaint.isOf("api_key_invalid"))
            return new ModelFailure.Auth(provider, status, key == null ? "the key" : key.name());
        if (isSpent(status, complaint, delay.isPresent()))
            return new ModelFailure.Quota(provider, status, detail);
        boolean again = status == 408 || status == 429 || status >= 500;
        if (again && (delay.isPresent() || status == 429))
            return new ModelFailure.RateLimited(
                    provider, delay.orElse(Duration.ZERO), Duration.ZERO);
        if (again) return new ModelFailure.Overloaded(provider, status, detail);
        if (isOverflow(complaint)) return new Limit.Context(0, 0, 0, room(complaint));
        return new ModelFailure.BadRequest(model, detail + " (" + status + ")");
    }

    private static boolean isSpent(int status, Complaint complaint, boolean delayed) {
        if (status == 402 || complaint.isOf(SPENT)) return true;
        if (complaint.says("credit balance is too low")) return true;
        return status == 429
                && !delayed
                && complaint.says("exceeded your current quota", "tokens per day");
    }

    private static boolean isOverflow(Complaint complaint) {
        return complaint.isOf("context_length_exceeded", "exceed_context_size")
                || OVERFLOW.matcher(complaint.message()).find();
    }

    /** How many tokens the provider would have taken, if it says so. */
    private static long room(Complaint complaint) {
        var number = ROOM.matcher(complaint.message());
        return number.find() ? Long.parseLong(number.group(1)) : 0;
    }

    /** The status that would have gone with an error that came without one. */
    private static int status(Complaint complaint) {
        if (complaint.isOf("rate_limit", "429", "resource_exhausted", "throttling")) return 429;
        if (complaint.isOf("authentication", "401", "invalid_api_key")) return 401;
        if (complaint.isOf("permission", "403", "accessdenied")) return 403;
        if (complaint.isOf("insufficient_quota", "billing", "402")) return 402;
        if (complaint.isOf("invalid_request", "not_found", "400", "404", "context_length"))
            return 400;
        if (complaint.isOf("validationexception")) return 400;
        return complaint.isOf("overloaded", "529") ? OVERLOADED : 500;
    }

    private static String said(TransportException e) {
        var message = e.getMessage();
        return message == null ? e.kind().name() : message;
    }

    /** The text without the key, if it is in it. */
    public String hidden(String text) {
        if (key == null) return text;
        return key.reveal(value ->
                value.length == 0 ? text : text.replace(new String(value), key.toString()));
    }
}
