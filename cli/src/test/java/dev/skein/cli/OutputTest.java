package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.Invalid;
import dev.skein.json.Json;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class OutputTest {
    private final Paper paper = new Paper();
    private final Invalid.Call failure = new Invalid.Call("bad \u001b[2J", "good\nadvice");

    @Test
    void aFailureIsOneLineThatSaysWhatAndOneThatSaysWhatToDo() {
        assertThat(paper.plain().fail(2, failure)).isEqualTo(2);
        assertThat(paper.err())
                .isEqualTo("error invalid.call: bad \\u001b[2J.\n  → good\\nadvice\n");
        assertThat(paper.out()).isEmpty();
    }

    @Test
    void asJsonItIsOneObject() {
        paper.json().fail(2, failure);
        assertThat(Json.parse(paper.err().strip()).get("code").text()).isEqualTo("invalid.call");
    }

    @Test
    void quietMeansNoNotes() {
        paper.of(new Output.Manner(false, true, false)).note("something");
        assertThat(paper.err()).isEmpty();
        paper.plain().note("something");
        assertThat(paper.err()).isEqualTo("skein: something\n");
    }

    @Test
    void anAnswerThatIsLostIsAFailure() throws IOException {
        try (var full = new PrintStream(new FileOutputStream("/dev/full"), true)) {
            var output = new Output(full, paper.plain().err(), Output.Manner.PLAIN);
            output.line("answer");
            assertThat(output.written()).isEqualTo(1);
        }
        assertThat(paper.err()).contains("Standard output cannot be written");
    }

    @Test
    void whatAProgramLostIsToldOnce() throws IOException {
        try (var full = new PrintStream(new FileOutputStream("/dev/full"), true)) {
            var delivery = new Delivery(new Output(full, paper.plain().err(), Output.Manner.PLAIN));
            assertThat(delivery.exit()).isZero();
            full.println("words");
            assertThat(delivery.exit()).isEqualTo(1);
            assertThat(delivery.exit()).isEqualTo(1);
        }
        assertThat(paper.err()).containsOnlyOnce("Standard output cannot be written");
    }
}
