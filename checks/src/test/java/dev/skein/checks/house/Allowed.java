package dev.skein.checks.house;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A line of {@code allowed.txt}: the class, or every class of the package, that may break a rule,
 * and why.
 */
record Allowed(String rule, String place, String reason) {

    private static final Pattern COLUMNS = Pattern.compile("\\s*\\|\\s*");

    static List<Allowed> lines(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Allowed::line)
                .toList();
    }

    private static Allowed line(String line) {
        String[] parts = COLUMNS.split(line.strip(), -1);
        if (parts.length != 3 || parts[2].isBlank())
            throw new IllegalArgumentException("rule | place | reason, not: " + line);
        return new Allowed(parts[0], parts[1], parts[2]);
    }

    /** Nested classes belong to the class around them. */
    boolean covers(Breach breach) {
        if (!rule.equals(breach.rule())) return false;
        if (place.endsWith(".*"))
            return packageOf(breach.where()).equals(place.substring(0, place.length() - 2));
        return breach.where().equals(place) || breach.where().startsWith(place + "$");
    }

    private static String packageOf(String type) {
        return type.substring(0, Math.max(type.lastIndexOf('.'), 0));
    }
}
