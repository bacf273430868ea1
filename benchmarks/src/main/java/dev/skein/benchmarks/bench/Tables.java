package dev.skein.benchmarks.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Samples as Markdown: a table of figures for each cell, then what became of the goals. The first
 * round is dropped if there are more; ratios are made within a round and then their median is
 * taken.
 */
final class Tables {
    private static final double NOISY = 0.3;

    private final Map<String, List<Sample>> cells;

    Tables(List<Sample> samples) {
        long rounds = samples.stream().mapToInt(Sample::round).distinct().count();
        this.cells =
                samples.stream()
                        .filter(sample -> rounds < 2 || sample.round() > 0)
                        .collect(
                                Collectors.groupingBy(
                                        Sample::cell, LinkedHashMap::new, Collectors.toList()));
    }

    /** All cells and the goals that concern them. */
    String text() {
        var text = new StringBuilder();
        cells.forEach((cell, samples) -> text.append(table(cell, samples)).append('\n'));
        return text.append(goals()).append(losses()).toString();
    }

    /** More than half of the samples had others use much of the machine. */
    boolean noisy() {
        var all = cells.values().stream().flatMap(List::stream).toList();
        long loud = all.stream().filter(sample -> sample.number("noise") > NOISY).count();
        return 2 * loud > all.size();
    }

    private static String table(String cell, List<Sample> samples) {
        var metrics =
                Kind.of(cell).shown().stream()
                        .filter(metric -> samples.stream().anyMatch(s -> known(metric.of(s))))
                        .toList();
        if (metrics.isEmpty()) return "";
        var text = new StringBuilder("**").append(cell).append("**\n\n| |");
        metrics.forEach(metric -> text.append(' ').append(metric.title()).append(" |"));
        text.append("\n|---|").append("---:|".repeat(metrics.size())).append('\n');
        var bySubject = bySubject(samples);
        bySubject.forEach((subject, own) -> text.append(row(subject, metrics, own)).append('\n'));
        bySubject.forEach((subject, own) -> text.append(flaw(subject, own)));
        return text.toString();
    }

    private static String row(String subject, List<Metric> metrics, List<Sample> samples) {
        var row = new StringBuilder("| ").append(subject).append(" |");
        for (var metric : metrics) {
            var figures = samples.stream().map(metric::of).filter(Tables::known).toList();
            row.append(' ')
                    .append(figures.isEmpty() ? "–" : metric.text(Spread.of(figures)))
                    .append(" |");
        }
        return row.toString();
    }

    private static String flaw(String subject, List<Sample> samples) {
        return samples.stream()
                .flatMap(sample -> sample.flaw().stream())
                .findFirst()
                .map(flaw -> "\n" + subject + " is disqualified: " + flaw + "\n")
                .orElse("");
    }

    private String goals() {
        var rows = new ArrayList<String>();
        for (var goal : Goal.all())
            ratio(goal.cell(), goal.metric(), goal.subject(), goal.against())
                    .ifPresent(ratio -> rows.add(row(goal, ratio)));
        if (rows.isEmpty()) return "";
        return "| Goal | ratio | limits | |\n|---|---:|---|---|\n" + String.join("\n", rows) + "\n";
    }

    private static String row(Goal goal, Spread ratio) {
        return "| %s: %s, %s ÷ %s | %s | %s | %s |"
                .formatted(
                        goal.cell(),
                        goal.metric().title(),
                        goal.subject(),
                        goal.against(),
                        ratio.text(2),
                        goal.wanted(),
                        goal.verdict(ratio.median()));
    }

    /** Every cell and figure in which another subject is ahead of Skein. */
    private String losses() {
        var rows = new ArrayList<String>();
        for (var cell : cells.keySet())
            for (var metric : Kind.of(cell).compared())
                for (var other : others(cell))
                    ratio(cell, metric, Contender.SKEIN, other)
                            .filter(ratio -> behind(metric, ratio))
                            .ifPresent(ratio ->
                                    rows.add(
                                            "| %s | %s | %s | %s |"
                                                    .formatted(
                                                            cell,
                                                            metric.title(),
                                                            other,
                                                            ratio.text(2))));
        if (rows.isEmpty()) return "";
        return "\n**Where we lose**\n\n| | figure | to | Skein ÷ theirs |\n|---|---|---|---:|\n"
                + String.join("\n", rows)
                + "\n";
    }

    private List<String> others(String cell) {
        return bySubject(cells.getOrDefault(cell, List.of())).keySet().stream()
                .filter(subject -> !subject.startsWith(Contender.SKEIN))
                .toList();
    }

    private static boolean behind(Metric metric, Spread ratio) {
        return metric.more() ? ratio.median() < 1 : ratio.median() > 1;
    }

    private Optional<Spread> ratio(String cell, Metric metric, String subject, String against) {
        var bySubject = bySubject(cells.getOrDefault(cell, List.of()));
        if (flawed(bySubject, subject) || flawed(bySubject, against)) return Optional.empty();
        var theirs =
                bySubject.getOrDefault(against, List.of()).stream()
                        .collect(Collectors.toMap(Sample::round, metric::of));
        var ratios =
                bySubject.getOrDefault(subject, List.of()).stream()
                        .map(own -> metric.of(own) / theirs.getOrDefault(own.round(), Double.NaN))
                        .filter(Tables::known)
                        .toList();
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }

    private static Map<String, List<Sample>> bySubject(List<Sample> samples) {
        return samples.stream()
                .sorted(Comparator.comparingInt(sample -> Contender.place(sample.subject())))
                .collect(
                        Collectors.groupingBy(
                                Sample::subject, LinkedHashMap::new, Collectors.toList()));
    }

    private static boolean flawed(Map<String, List<Sample>> bySubject, String subject) {
        return bySubject.getOrDefault(subject, List.of()).stream()
                .anyMatch(sample -> sample.flaw().isPresent());
    }

    private static boolean known(double figure) {
        return Double.isFinite(figure);
    }
}
