package dev.skein.benchmarks.bench;

import dev.skein.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables of one folder of samples, and their place in {@code RESULTS.md}: between two markers
 * that name the folder. What stands outside of markers is written by people and left alone.
 */
record Report(Path folder) {
    private static final String HEADING = "<!-- newest first -->\n";

    /** The tables as they are to stand in the file, markers included. */
    String block() throws IOException {
        return begin() + "\n" + text() + end();
    }

    /** Puts the tables in their old place in the file, or on top as a new section. */
    void write(Path file) throws IOException {
        var page = Files.readString(file);
        int from = page.indexOf(begin());
        int to = page.indexOf(end());
        if (from >= 0 && to >= 0) {
            Files.writeString(
                    file, page.substring(0, from) + block() + page.substring(to + end().length()));
            return;
        }
        var section = HEADING + "\n## " + folder.getFileName() + "\n\n" + block() + "\n";
        Files.writeString(file, page.replace(HEADING, section));
    }

    private String begin() {
        return "<!-- bench " + folder.getFileName() + " -->";
    }

    private String end() {
        return "<!-- end of bench " + folder.getFileName() + " -->";
    }

    private String text() throws IOException {
        var text = new StringBuilder(conditions());
        var all = new ArrayList<Sample>();
        for (var file : Checkout.files(folder)) {
            var name = file.getFileName().toString().replace(".jsonl", "");
            if (name.equals("run")) continue;
            text.append("\n### ").append(name).append("\n\n");
            if (name.equals("micro")) {
                text.append(Micro.table(lines(file)));
                continue;
            }
            if (name.equals("workflows")) {
                text.append(Workflows.table(lines(file)));
                continue;
            }
            var samples = samples(file);
            all.addAll(samples);
            var tables = new Tables(samples);
            if (tables.noisy()) text.append("Noisy: others used much of the machine.\n\n");
            text.append(tables.text());
        }
        return text.append(bounds(all)).toString();
    }

    /** When, where and how: one paragraph for each invocation that wrote to the folder. */
    private String conditions() throws IOException {
        return lines(folder.resolve("run.jsonl")).stream()
                .map(run ->
                        "- `"
                                + run.get("command").text()
                                + "` at "
                                + run.get("at").text()
                                + ", commit "
                                + run.get("commit").text()
                                + ", seed "
                                + run.get("seed").asLong()
                                + "; "
                                + machine(run.get("machine"))
                                + "; "
                                + run.get("versions").text())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String machine(Json machine) {
        return "%d cores, %s, %s, kernel %s, JDK %s, load before %s"
                .formatted(
                        machine.get("cores").asLong(),
                        machine.get("memory").text(),
                        machine.get("system").text(),
                        machine.get("kernel").text(),
                        machine.get("jdk").text(),
                        machine.get("load").text());
    }

    private static String bounds(List<Sample> samples) {
        var broken = new Bounds(samples).broken();
        if (samples.isEmpty()) return "";
        return "\n### figures that are not times\n\n"
                + (broken.isEmpty()
                        ? "All hold.\n"
                        : broken.stream().collect(Collectors.joining("\n- ", "- ", "\n")));
    }

    static List<Sample> samples(Path file) throws IOException {
        return lines(file).stream().map(Sample::of).toList();
    }

    private static List<Json> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Json::parse).toList();
    }
}
