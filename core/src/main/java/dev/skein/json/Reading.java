package dev.skein.json;

import dev.skein.failure.SkeinException;
import dev.skein.failure.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the value that a model meant in what it wrote. */
final class Reading<T> {
    /** Of more values than that the earlier ones are not looked at. */
    private static final int MAX_TRIED = 1000;

    private final CodecType<T> type;
    private final String text;
    private Decoded.@Nullable Bad<T> refused;

    Reading(CodecType<T> type, String text) {
        this.type = type;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The last outermost value that fits; else why the one that came nearest does not. */
    Decoded<T> best() {
        var found = new Outermost(text);
        found.scan();
        int least = Math.max(0, found.count() - MAX_TRIED);
        for (int i = found.count() - 1; i >= least; i--) {
            if (decode(text.substring(found.start(i), found.end(i))) instanceof Decoded.Ok<T> fits)
                return fits;
        }
        return refused == null ? withoutContainer(found.cutOff()) : refused;
    }

    /** Numbers, truth values and texts stand alone, the texts perhaps without quotes. */
    private Decoded<T> withoutContainer(boolean cutOff) {
        if (cutOff) return bad("complete JSON", "JSON that breaks off");
        var bare = unfenced(text.strip());
        if (bare.isEmpty()) return bad("JSON", "nothing");
        if (decode(bare) instanceof Decoded.Ok<T> fits) return fits;
        return refused == null ? type.decode(new Json.Text(bare)) : refused;
    }

    private Decoded<T> decode(String json) {
        try {
            var decoded = type.decode(Parser.parseTolerantly(json));
            if (decoded instanceof Decoded.Bad<T> bad) remember(bad);
            return decoded;
        } catch (SkeinException noJson) {
            return bad("JSON", noJson.failure().message());
        }
    }

    /**
     * The last one is the likeliest answer, but not if it is of another kind than an earlier one.
     */
    private void remember(Decoded.Bad<T> bad) {
        if (refused == null || (isOtherKind(refused) && !isOtherKind(bad))) refused = bad;
    }

    private static boolean isOtherKind(Decoded.Bad<?> bad) {
        return bad.violations().stream().anyMatch(violation -> violation.pointer().isEmpty());
    }

    private Decoded.Bad<T> bad(String expected, String found) {
        return new Decoded.Bad<>(List.of(new Violation("", expected, found)));
    }

    private static String unfenced(String text) {
        if (!text.startsWith("```") || !text.endsWith("```") || text.length() < 6) return text;
        int line = text.indexOf('\n');
        return line < 0
                ? text.substring(3, text.length() - 3).strip()
                : text.substring(line, text.length() - 3).strip();
    }
}
