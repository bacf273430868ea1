package dev.skein.benchmarks.harness;

/** One run of a subject. */
@FunctionalInterface
interface Work {
    Finding run() throws Exception;

    static Work of(Subject subject, String name) {
        return switch (name) {
            case "one" -> subject::one;
            case "tool" -> subject::tool;
            default -> throw new IllegalArgumentException("no work is named " + name);
        };
    }
}
