package dev.skein.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private static final Pattern BLOCK = Pattern.compile("<!-- bench (\\S+) -->");
    private static final Checkout CHECKOUT =
            new Checkout(Path.of("..").toAbsolutePath().normalize());

    @Test
    void theTablesAreWhatTheSamplesSay() throws IOException {
        var page = Files.readString(CHECKOUT.report());
        var blocks = BLOCK.matcher(page).results().map(found -> found.group(1)).toList();

        for (var block : blocks)
            assertThat(page).contains(new Report(CHECKOUT.results().resolve(block)).block());
    }

    @Test
    void aReportTakesItsOldPlaceAndLeavesTheRestAlone(@TempDir Path folder) throws IOException {
        var samples = Files.createDirectory(folder.resolve("2026-01-01T00-00"));
        Files.writeString(samples.resolve("run.jsonl"), "");
        var page = folder.resolve("RESULTS.md");
        Files.writeString(page, "Head\n\n<!-- newest first -->\n\nTail\n");

        new Report(samples).write(page);
        Files.writeString(page, Files.readString(page).replace("Tail", "Words"));
        var sample = Samples.loop(Contender.SKEIN, 1, 1_000, 100).line().canonical();
        Files.writeString(samples.resolve("one.jsonl"), sample + "\n");
        new Report(samples).write(page);

        assertThat(page).content().startsWith("Head\n").endsWith("Words\n");
        assertThat(page).content().containsOnlyOnce("<!-- bench 2026-01-01T00-00 -->");
        assertThat(page).content().contains("| skein | 1,000 | 0.100 |");
    }
}
