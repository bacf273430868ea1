package dev.skein.checks.house;

/**
 * One place that breaks one rule of the house: {@code where} is a class name or a file with its
 * line.
 */
record Breach(String rule, String where, String what) {

    @Override
    public String toString() {
        return rule + ": " + where + ": " + what;
    }
}
