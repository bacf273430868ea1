package dev.skein.benchmarks.bench;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The versions of what is measured, by the names of the archives that are on its path. */
final class Versions {
    private static final Pattern ARCHIVE = Pattern.compile("([^/:]+)-(\\d[^/:]*)\\.jar");
    private static final List<String> MODULES =
            List.of("benchmarks/peers/langchain4j", "benchmarks/floors", "benchmarks");
    private static final List<String> NAMED =
            List.of(
                    "langchain4j",
                    "langchain4j-open-ai",
                    "jackson-databind",
                    "jackson-core",
                    "jmh-core");

    private Versions() {}

    static String text(Checkout checkout) throws IOException {
        var found = new TreeSet<String>();
        for (var module : MODULES) {
            var matcher = ARCHIVE.matcher(checkout.classPath(module));
            while (matcher.find())
                if (NAMED.contains(matcher.group(1)))
                    found.add(matcher.group(1) + " " + matcher.group(2));
        }
        return String.join(", ", found);
    }
}
