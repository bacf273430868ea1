package dev.skein.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void optionsMayStandAnywhere() {
        var words = new Words(List.of("peers", "--rounds", "3", "one", "--secs", "0.5"));

        assertThat(words.first()).isEqualTo("peers");
        assertThat(words.second("all")).isEqualTo("one");
        assertThat(words.settings(Session.Settings.FULL))
                .isEqualTo(Session.Settings.FULL.withRounds(3).withMillis(500));
    }

    @Test
    void whatCannotBeUnderstoodIsSaid() {
        assertThatThrownBy(() -> new Words(List.of("peers", "--fast", "3")))
                .hasMessageContaining("no option '--fast'");
        assertThatThrownBy(() -> new Words(List.of("peers", "--rounds")))
                .hasMessageContaining("--rounds needs a value");
        assertThatThrownBy(
                        () -> new Words(List.of("--rounds", "few")).settings(Session.Settings.FULL))
                .hasMessageContaining("needs a number, not 'few'");
        assertThatThrownBy(() -> new Words(List.of("peers", "one", "two")))
                .hasMessageContaining("'two' is one word too many");
    }

    @Test
    void nothingSaidMeansEverything() {
        assertThat(new Words(List.of()).first()).isEqualTo("all");
        assertThat(new Words(List.of("peers")).second("all")).isEqualTo("all");
    }
}
