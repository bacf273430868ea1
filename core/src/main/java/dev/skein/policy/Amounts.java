package dev.skein.policy;

/**
 * What is spent or set aside.
 *
 * @param nanos money, in billionths of the runtime's currency
 */
public record Amounts(long tokens, long nanos, int turns, int toolCalls, int spawns) {
    private static final Amounts NONE = new Amounts(0, 0, 0, 0, 0);

    public static Amounts none() {
        return NONE;
    }

    public static Amounts ofCall(long tokens, long nanos) {
        return new Amounts(tokens, nanos, 1, 0, 0);
    }

    public static Amounts ofTool() {
        return new Amounts(0, 0, 0, 1, 0);
    }

    public static Amounts ofSpawn() {
        return new Amounts(0, 0, 0, 0, 1);
    }

    public Amounts plus(Amounts other) {
        return new Amounts(
                tokens + other.tokens,
                nanos + other.nanos,
                turns + other.turns,
                toolCalls + other.toolCalls,
                spawns + other.spawns);
    }

    public Amounts minus(Amounts other) {
        return new Amounts(
                tokens - other.tokens,
                nanos - other.nanos,
                turns - other.turns,
                toolCalls - other.toolCalls,
                spawns - other.spawns);
    }
}
