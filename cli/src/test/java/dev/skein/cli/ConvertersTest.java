package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "90s, PT1M30S", "2m, PT2M", "1h, PT1H"})
    void timesHaveAUnit(String text, Duration time) {
        assertThat(new Converters.Times().convert(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "-2m", "1.5s", "2 m", "99999999999s"})
    void whatIsNoTimeIsToldHowOneLooks(String text) {
        assertThatThrownBy(() -> new Converters.Times().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("90s");
    }

    @Test
    void whatIsNoAmountIsToldHowOneLooks() {
        assertThat(new Converters.Amounts().convert("0.50 USD").toString()).isEqualTo("0.50 USD");
        assertThatThrownBy(() -> new Converters.Amounts().convert("1"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("0.50 USD");
    }

    @Test
    void whatIsNoNamespaceIsToldWhy() {
        assertThat(new Converters.Spaces().convert("a:b").key()).isEqualTo("a:b");
        assertThatThrownBy(() -> new Converters.Spaces().convert("a::b"))
                .isInstanceOf(TypeConversionException.class);
    }
}
