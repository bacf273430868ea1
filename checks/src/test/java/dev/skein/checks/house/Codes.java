package dev.skein.checks.house;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The codes of failures: those that there are, and those that some code of ours raises. */
record Codes(Map<String, String> retryable, Set<String> raised) {
    private static final String FAILURES = "core/src/main/java/dev/skein/failure";
    private static final String LIST = "core/src/test/resources/dev/skein/failure/codes.txt";
    private static final Pattern RECORD =
            Pattern.compile("(?s) record (\\w+)\\(.*?return \"([a-z]+\\.[a-z_]+)\";");

    /** The marks by which documents say yes, no, or that the failure says it. */
    private static final Map<String, String> MARKS = Map.of("yes", "↻", "no", "", "said", "(↻)");

    static Codes of(Repository repository) {
        var sources =
                repository.programModules().stream()
                        .map(module -> module.resolve("src/main/java"))
                        .flatMap(folder ->
                                repository.filesEndingWith(".java").stream()
                                        .filter(file -> file.startsWith(folder)))
                        .filter(file -> !repository.name(file).startsWith(FAILURES))
                        .filter(file -> !file.endsWith("FailureFacts.java"))
                        .map(Repository::text)
                        .collect(Collectors.joining("\n"));
        var raised = new TreeSet<String>();
        repository.filesEndingWith(".java").stream()
                .filter(file -> repository.name(file).startsWith(FAILURES))
                .flatMap(Codes::records)
                .filter(one -> one.isMadeIn(sources))
                .forEach(one -> raised.add(one.code()));
        return new Codes(marks(Repository.text(repository.root().resolve(LIST))), raised);
    }

    private static Map<String, String> marks(String list) {
        var marks = new TreeMap<String, String>();
        list.lines()
                .map(line -> line.split(" ", 2))
                .forEach(words -> marks.put(words[0], MARKS.get(words[1])));
        return marks;
    }

    /** A failure of a group. */
    private record Kind(String group, String name, String code) {
        boolean isMadeIn(String sources) {
            var type = group + "\\." + name;
            return Pattern.compile("new\\s+" + type + "\\(|" + type + "::new")
                    .matcher(sources)
                    .find();
        }
    }

    private static Stream<Kind> records(Path file) {
        var group = file.getFileName().toString().replace(".java", "");
        return RECORD.matcher(Repository.text(file))
                .results()
                .map(found -> new Kind(group, found.group(1), found.group(2)));
    }
}
