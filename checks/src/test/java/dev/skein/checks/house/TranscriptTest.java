package dev.skein.checks.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("static")
class TranscriptTest {
    @Test
    void eachCommandHasItsOutput() {
        var block = new Markdown.Block("console", 5, "$ one\n1\n1\n$ two\n$ three\n3");
        assertThat(Transcript.of("A.md", block))
                .containsExactly(
                        new Transcript("A.md:5", "one", "1\n1"),
                        new Transcript("A.md:8", "two", ""),
                        new Transcript("A.md:9", "three", "3"));
    }

    @Test
    void dotsStandForAnything() {
        var transcript = new Transcript("", "", "took … ms\n…\ndone.");
        assertThat(transcript.fits("took 12 ms\na\nb\ndone.\n")).isTrue();
        assertThat(transcript.fits("took 12 ms\ndone.")).isFalse();
        assertThat(transcript.fits("took 12 ms\na\ndoneX")).isFalse();
    }
}
