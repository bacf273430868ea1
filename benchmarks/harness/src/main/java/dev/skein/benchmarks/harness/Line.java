package dev.skein.benchmarks.harness;

/** One line of JSON, written by hand because subjects bring no common JSON library. */
final class Line {
    private final StringBuilder text = new StringBuilder("{");

    Line put(String name, long value) {
        key(name).append(value);
        return this;
    }

    Line put(String name, String value) {
        key(name).append('"').append(value.replaceAll("[\\\\\"\\p{Cntrl}]", " ")).append('"');
        return this;
    }

    @Override
    public String toString() {
        return text + "}";
    }

    private StringBuilder key(String name) {
        if (text.length() > 1) text.append(',');
        return text.append('"').append(name).append("\":");
    }
}
