package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractReportTest {
    @TempDir Path reports;

    @Test
    void aReportCountsAndNamesWhatPassedAndWhatWasSkipped() throws IOException {
        var verdict = Suites.run(FixedToolsetTest.class, reports);

        var report = Files.readString(reports.resolve("toolset-FixedToolset.txt"));
        assertThat(report)
                .startsWith(
                        "toolset-FixedToolset\npassed %d\nskipped %d\nfailed 0\n"
                                .formatted(verdict.passed().size(), verdict.skipped().size()))
                .contains(
                        "passed manyToolsAreAllThere",
                        "skipped aChangeIsToldAndSeen: without CHANGES: its tools never change");
        assertThat(verdict.skipped()).isNotEmpty();
    }

    @Test
    void whatFailedIsNamedWithItsReason() throws IOException {
        Suites.run(WrongToolsets.DropsTheTail.class, reports, "manyToolsAreAllThere");

        assertThat(Files.readString(reports.resolve("toolset-DropsTheTail.txt")))
                .contains("failed 1", "failed manyToolsAreAllThere: ");
    }

    @Test
    void aSuiteIsCalledAsWhatItHolds() {
        assertThat(ContractReport.name(SmallModelTest.class)).isEqualTo("chat-model-SmallModel");
        assertThat(ContractReport.name(RecordToolTest.class)).isEqualTo("tool-RecordTool");
    }
}
