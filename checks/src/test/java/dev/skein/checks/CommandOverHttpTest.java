package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.testkit.FakeProvider;
import dev.skein.testkit.Fault;
import dev.skein.testkit.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command with a key and a base address: the same programs, over real HTTP. */
@Tag("integration")
class CommandOverHttpTest {
    @TempDir private Path folder;
    private final FakeProvider provider = FakeProvider.start();

    @AfterEach
    void close() {
        provider.close();
    }

    private Command skein() {
        var openai = provider.openai();
        return Command.in(folder)
                .with(
                        Map.of(
                                "OPENAI_BASE_URL",
                                openai.base().toString(),
                                "OPENAI_API_KEY",
                                openai.key()));
    }

    @Test
    void theMainExampleAsksTheProviderOncePerItem() throws Exception {
        var finding = "{\"title\":\"disk is full\",\"severity\":\"HIGH\",\"confidence\":0.75}";
        provider.openai().always(Reply.text(finding));
        var questions = Files.writeString(folder.resolve("q.md"), "# Q\n- Why?\n- How?\n");
        var example = Command.root().resolve("examples/Triage.java").toString();

        var ended = skein().run("run", example, questions.toString());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("disk is full", "75%", "2 of 2 done, {HIGH=2}");
        assertThat(provider.seen()).hasSize(2);
        assertThat(ended.out() + ended.err()).doesNotContain(provider.openai().key(), "made up");
    }

    @Test
    void aRefusedKeyIsOneLineWhatAndOneWhatToDo() throws Exception {
        var ended =
                skein().with(Map.of("OPENAI_API_KEY", "wrong-key")).run("run", "assistant", "x");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith("error model.auth:")
                .contains("\n  → ", "OPENAI_API_KEY")
                .hasLineCount(2)
                .doesNotContain("wrong-key");
    }

    @Test
    void anAnswerThatStreamsIsTheSameAndOneThatBreaksOffIsAskedForAgain() throws Exception {
        provider.openai().always(Reply.text("a long answer, in many pieces"));
        provider.openai().at(1, new Fault.CloseAfter(new Fault.Point.Events(3)));

        var ended = skein().run("run", "assistant", "x", "--stream");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).endsWith("a long answer, in many pieces\n");
        assertThat(ended.err()).contains("begins again").hasLineCount(1);
        assertThat(provider.seen()).hasSize(2);
    }

    @Test
    void anInterruptCancelsTheRunAndEndsTheCommandWith130() throws Exception {
        provider.openai().every(1, new Fault.Stall(new Fault.Point.BeforeHeaders(), Fault.FOREVER));
        var process = skein().startHearing("run", "assistant", "x");
        try {
            while (provider.ledger().asked() == 0) assertThat(process.isAlive()).isTrue();
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

            var ended = skein().ended(process);

            assertThat(ended.code()).isEqualTo(130);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err()).contains("canceling").doesNotContain("\tat ");
        } finally {
            process.destroyForcibly();
        }
    }
}
