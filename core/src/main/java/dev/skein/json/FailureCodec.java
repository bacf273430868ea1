package dev.skein.json;

import dev.skein.failure.Failure;
import dev.skein.failure.SkeinException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A failure as a part of another value, in the form of {@link FailureJson}. */
final class FailureCodec implements Codec {
    static final FailureCodec ONE = new FailureCodec();

    private FailureCodec() {}

    @Override
    public String expected() {
        return "failure";
    }

    @Override
    public Json encode(Object value) {
        return FailureJson.encode((Failure) value);
    }

    @Override
    public @Nullable Object decode(Json json, Decoding at) {
        try {
            return FailureJson.decode(json);
        } catch (SkeinException noFailure) {
            at.violation(noFailure.failure().message(), Decoding.shown(json));
            return null;
        }
    }

    @Override
    public Json.Obj schema(SchemaText text) {
        return Json.object("type", "object", "required", List.of("code", "message", "remedy"));
    }
}
