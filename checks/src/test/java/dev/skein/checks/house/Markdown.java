package dev.skein.checks.house;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A document of the repository: its links, its headings and its blocks of code. */
record Markdown(Path file, List<String> prose, List<Block> blocks) {
    private static final Pattern LINK =
            Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)[^)]*\\)|^\\[[^\\]]+\\]:\\s*(\\S+)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final String FENCE = "```";

    /** A fenced block; the line is the one of its first line of code. */
    record Block(String language, int line, String code) {
        /** With nothing but an empty line between the two. */
        boolean follows(Block other) {
            int gap = line - other.line - (int) other.code.lines().count();
            return gap == 2 || gap == 3;
        }
    }

    static Markdown read(Path file) {
        return of(file, Repository.text(file));
    }

    static Markdown of(Path file, String text) {
        var prose = new ArrayList<String>();
        var blocks = new ArrayList<Block>();
        List<String> lines = text.lines().toList();
        for (int line = 0; line < lines.size(); line++) {
            if (lines.get(line).startsWith(FENCE)) {
                Block block = block(lines, line);
                blocks.add(block);
                line += (int) block.code.lines().count() + 1;
            } else {
                prose.add(lines.get(line));
            }
        }
        return new Markdown(file, prose, blocks);
    }

    private static Block block(List<String> lines, int fence) {
        List<String> code =
                lines.stream().skip(fence + 1L).takeWhile(line -> !line.startsWith(FENCE)).toList();
        return new Block(
                lines.get(fence).substring(FENCE.length()).strip(),
                fence + 2,
                String.join("\n", code));
    }

    /**
     * Links that lead nowhere: to a file that is not there, or to a heading that it does not have.
     */
    List<String> brokenLinks() {
        return links().filter(target -> !ELSEWHERE.matcher(target).matches())
                .filter(target -> !leadsSomewhere(target))
                .toList();
    }

    private Stream<String> links() {
        return prose.stream()
                .map(line -> CODE.matcher(line).replaceAll("code"))
                .flatMap(line -> LINK.matcher(line).results())
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1));
    }

    private boolean leadsSomewhere(String target) {
        String[] parts = target.split("#", 2);
        Path there = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]);
        if (parts.length == 1) return Files.exists(there);
        if (!there.equals(file) && !Files.exists(there)) return false;
        var document = there.equals(file) ? this : read(there);
        return document.anchors().contains(parts[1]);
    }

    /** The names that a host of such documents gives to headings. */
    private List<String> anchors() {
        var slugs =
                prose.stream()
                        .map(HEADING::matcher)
                        .filter(Matcher::matches)
                        .map(found -> slug(found.group(1)))
                        .toList();
        return IntStream.range(0, slugs.size())
                .mapToObj(index ->
                        numbered(
                                slugs.get(index),
                                Collections.frequency(slugs.subList(0, index), slugs.get(index))))
                .toList();
    }

    private static String numbered(String slug, int twinsBefore) {
        return twinsBefore == 0 ? slug : slug + "-" + twinsBefore;
    }

    private static String slug(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
