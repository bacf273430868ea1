package dev.skein.checks.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One command of a console block of a document, and what it prints; {@code …} stands for anything.
 */
record Transcript(String place, String command, String printed) {
    private static final String PROMPT = "$ ";

    static Stream<Transcript> in(String document, Path file) {
        return Markdown.read(file).blocks().stream()
                .filter(block -> block.language().equals("console"))
                .flatMap(block -> of(document, block).stream());
    }

    static List<Transcript> of(String document, Markdown.Block block) {
        var all = new ArrayList<Transcript>();
        List<String> lines = block.code().lines().toList();
        for (int line = 0; line < lines.size(); line++) {
            if (!lines.get(line).startsWith(PROMPT)) continue;
            String printed =
                    lines.stream()
                            .skip(line + 1L)
                            .takeWhile(text -> !text.startsWith(PROMPT))
                            .collect(Collectors.joining("\n"));
            String command = lines.get(line).substring(PROMPT.length());
            all.add(new Transcript(document + ":" + (block.line() + line), command, printed));
        }
        return all;
    }

    boolean fits(String output) {
        String expected =
                Arrays.stream(printed.strip().split("…", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("[\\s\\S]*"));
        return output.strip().matches(expected);
    }

    @Override
    public String toString() {
        return place + " " + command;
    }
}
