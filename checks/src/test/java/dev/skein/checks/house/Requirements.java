package dev.skein.checks.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The numbered promises of the product, and the tests that are tagged with a number. */
record Requirements(Map<String, String> promised, Set<String> proved) {
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([A-Z]{2}-\\d+[a-z]?)\"\\)");
    private static final Pattern LINE = Pattern.compile("([A-Z]{2}-\\d+[a-z]?) (.+)");

    static Requirements of(Repository repository) {
        var lists =
                repository.filesEndingWith(".txt").stream()
                        .filter(file -> repository.name(file).contains("/requirements/"));
        var tests =
                repository.filesEndingWith(".java").stream()
                        .filter(file -> isTest(repository.name(file)));
        return of(lines(lists), lines(tests));
    }

    /** The published contract suites are tests too. */
    private static boolean isTest(String name) {
        return name.contains("/src/test/") || name.startsWith("testkit/src/main/");
    }

    static Requirements of(List<String> list, List<String> tests) {
        var promised = new TreeMap<String, String>();
        for (var line : list) {
            var match = LINE.matcher(line);
            if (match.matches()) promised.put(match.group(1), match.group(2));
        }
        var proved = new TreeSet<String>();
        for (var line : tests)
            TAG.matcher(line).results().forEach(found -> proved.add(found.group(1)));
        return new Requirements(promised, proved);
    }

    /** Promises without a test, unless they say that their part does not exist yet. */
    List<String> unproved() {
        var unproved = new ArrayList<String>();
        promised.forEach((number, text) -> {
            if (!proved.contains(number) && !text.startsWith("later:"))
                unproved.add(number + " " + text);
        });
        return unproved;
    }

    /** Tags of numbers that nobody has promised, and tests of what is said to come later. */
    List<String> unknown() {
        return proved.stream()
                .filter(number -> promised.getOrDefault(number, "later:").startsWith("later:"))
                .toList();
    }

    private static List<String> lines(Stream<Path> files) {
        return files.flatMap(file -> Repository.text(file).lines()).toList();
    }
}
