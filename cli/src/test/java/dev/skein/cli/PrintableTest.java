package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void whatControlsATerminalIsShown() {
        assertThat(Printable.text("\u001b[31mred\u0007\r\u009b\u007f"))
                .isEqualTo("\\u001b[31mred\\u0007\\u000d\\u009b\\u007f");
    }

    @Test
    void whatTurnsTextAroundIsShown() {
        assertThat(Printable.text("a\u202eb\u2066c")).isEqualTo("a\\u202eb\\u2066c");
    }

    @Test
    void newlinesTabsAndOtherAlphabetsStay() {
        assertThat(Printable.text("größe\t→\n日本 \ud83e\udebf"))
                .isEqualTo("größe\t→\n日本 \ud83e\udebf");
    }

    @Test
    void aLineStaysALine() {
        assertThat(Printable.line("a\nb\tc")).isEqualTo("a\\nb c");
    }
}
