package dev.skein.checks.house;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Words that no file of the repository may hold: paths of one machine, and marks of unfinished
 * work.
 */
final class TextRules {
    private static final Map<String, Pattern> BANNED =
            Map.of(
                    "machine-path", Pattern.compile("(?<![\\w.~])/(work|root|home|Users|tmp/wt)/"),
                    "unfinished",
                            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b"));

    private TextRules() {}

    static Stream<Breach> breaches(String name, String text) {
        List<String> lines = text.lines().toList();
        return BANNED.entrySet().stream()
                .flatMap(rule ->
                        IntStream.range(0, lines.size())
                                .filter(line -> rule.getValue().matcher(lines.get(line)).find())
                                .mapToObj(line ->
                                        new Breach(
                                                rule.getKey(),
                                                name + ":" + (line + 1),
                                                lines.get(line).strip())));
    }
}
