package dev.skein.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static Sample ours(int round, int runs, int cpu) {
        return Samples.loop(Contender.SKEIN, round, runs, cpu);
    }

    private static Sample theirs(int round, int runs, int cpu) {
        return Samples.loop(Contender.LANGCHAIN4J, round, runs, cpu);
    }

    @Test
    void ratiosAreMadeWithinARoundAndTheFirstIsDropped() {
        var text =
                new Tables(
                                List.of(
                                        ours(0, 1, 1_000),
                                        theirs(0, 1_000, 1),
                                        ours(1, 3_000, 300),
                                        theirs(1, 1_000, 400),
                                        ours(2, 4_000, 100),
                                        theirs(2, 2_000, 100)))
                        .text();

        assertThat(text)
                .contains(
                        "| one, 64 callers: runs/s, skein ÷ langchain4j | 2.50 (2.00–3.00) "
                                + "| must ≥ 1.3, aim ≥ 2.0 | aim met |")
                .contains(
                        "| one, 64 callers: CPU ms a run, skein ÷ langchain4j | 0.38 (0.25–0.50) "
                                + "| must ≤ 0.7, aim ≤ 0.5 | aim met |");
    }

    @Test
    void aGoalThatIsMissedIsSaidToBe() {
        var text = new Tables(List.of(ours(1, 1_500, 100), theirs(1, 1_000, 80))).text();

        assertThat(text).contains("1.50 | must ≥ 1.3, aim ≥ 2.0 | must met, aim missed |");
        assertThat(text).contains("0.83 | must ≤ 0.7, aim ≤ 0.5 | **missed** |");
    }

    @Test
    void whereAnotherIsAheadIsListed() {
        var text = new Tables(List.of(ours(1, 500, 100), theirs(1, 1_000, 100))).text();

        assertThat(text).contains("| one, 64 callers | runs/s | langchain4j | 0.50 |");
    }

    @Test
    void aSubjectWithWrongAnswersIsDisqualified() {
        var wrong = Samples.with(Samples.with(theirs(1, 1_000, 80), "failed", 3), "failure", "no");

        var text = new Tables(List.of(ours(1, 1_500, 100), wrong)).text();

        assertThat(text).contains("langchain4j is disqualified: 3 runs failed, first: no");
        assertThat(text).doesNotContain("÷ langchain4j");
    }

    @Test
    void othersOnTheMachineMakeItNoisy() {
        var quiet = ours(1, 1_500, 100);
        var loud = Samples.with(quiet, "noise", 0.5);

        assertThat(new Tables(List.of(quiet, loud, loud)).noisy()).isTrue();
        assertThat(new Tables(List.of(quiet, quiet, loud)).noisy()).isFalse();
    }
}
