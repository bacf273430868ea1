package dev.skein.json;

/**
 * How much work one value may make. Alternatives inside alternatives multiply, and references run
 * in circles; what is honest takes a few steps for each part of the value.
 */
final class Effort {
    private static final long AT_LEAST = 20_000;
    private static final long FOR_EACH = 32;

    private long left;

    Effort(Json value) {
        left = AT_LEAST + FOR_EACH * parts(value);
    }

    /** One step; false if there have been too many. */
    boolean step() {
        return left-- > 0;
    }

    /** As many steps as the value has parts. */
    boolean steps(Json value) {
        left -= parts(value);
        return left > 0;
    }

    private static long parts(Json value) {
        return switch (value) {
            case Json.Obj(var fields) ->
                    1 + fields.values().stream().mapToLong(Effort::parts).sum();
            case Json.Arr(var items) -> 1 + items.stream().mapToLong(Effort::parts).sum();
            case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> 1;
        };
    }
}
