package dev.skein.models.wire;

import dev.skein.failure.SkeinException;
import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.model.ModelCall;
import dev.skein.model.TokenEstimator;
import dev.skein.model.Usage;
import java.time.Instant;

/**
 * One call on its way: what is asked, what is lent by the runtime, and what to say if it goes
 * wrong.
 */
public record Asking(ModelCall call, TokenEstimator estimator, Faults faults) {
    /** The time that an answer is dated with. */
    public Instant now() {
        return faults.time().instant();
    }

    /** The tokens of an answer whose provider did not count them. */
    public Usage estimate(Message.Assistant answer) {
        return Estimate.usage(call, answer, estimator);
    }

    /** What the provider sent, which must be JSON. */
    public Json json(String sent) {
        try {
            return Json.parse(sent);
        } catch (SkeinException e) {
            throw faults.senseless("an event of its stream is no JSON");
        }
    }
}
