package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.testkit.FakeProvider;
import dev.skein.testkit.Reply;
import dev.skein.testkit.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations that go on from one command to the next. */
@Tag("integration")
class SessionCommandTest {
    @TempDir private Path folder;
    private final FakeProvider provider = FakeProvider.start();

    @AfterEach
    void close() {
        provider.close();
    }

    private Command online() {
        var openai = provider.openai();
        return Command.in(folder)
                .with(
                        Map.of(
                                "OPENAI_BASE_URL",
                                openai.base().toString(),
                                "OPENAI_API_KEY",
                                openai.key()));
    }

    private static Command.Ended ask(Command skein, String question, String... options)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("run", "assistant", question));
        arguments.addAll(List.of(options));
        return skein.run(arguments.toArray(String[]::new));
    }

    private List<String> said(int request) {
        return provider.seen().get(request).said().stream()
                .filter(said -> !said.role().equals("system"))
                .map(Seen.Said::text)
                .toList();
    }

    @Test
    @Tag("AG-70")
    void theSecondCommandTellsTheModelWhatTheFirstOneSaid() throws Exception {
        provider.openai().always(Reply.text("noted"));

        assertThat(ask(online(), "I am Bob.", "--session", "trip").code()).isZero();
        var second = ask(online(), "Who am I?", "--session", "trip");
        ask(online(), "Somebody else?", "--session", "other");
        ask(online(), "In another place?", "--session", "trip", "--in", "tenant:acme");

        assertThat(second.out()).isEqualTo("noted\n");
        assertThat(said(0)).containsExactly("I am Bob.");
        assertThat(said(1)).containsExactly("I am Bob.", "noted", "Who am I?");
        assertThat(said(2)).containsExactly("Somebody else?");
        assertThat(said(3)).containsExactly("In another place?");
    }

    @Test
    void withoutASessionNothingIsWritten() throws Exception {
        var home = folder.resolve("home");
        var skein = Command.in(folder).with(Map.of("SKEIN_HOME", home.toString()));

        ask(skein, "x", "--model", "offline:");
        assertThat(home).doesNotExist();
        ask(skein, "x", "--model", "offline:", "--session", "trip");

        assertThat(home.resolve("sessions")).isDirectoryContaining("glob:**.session");
        assertThat(folder.resolve(".skein")).doesNotExist();
    }

    @Test
    void aWrongNameIsUsage() throws Exception {
        var ended = ask(Command.in(folder), "x", "--session", "../trip");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .startsWith("error invalid.call:")
                .contains("--session", "'../trip'", "48 characters", "\n  → ")
                .hasLineCount(2);
        assertThat(folder.resolve(".skein")).doesNotExist();
    }

    @Test
    void damageIsOneLineWhatAndOneWhatToDo() throws Exception {
        ask(Command.in(folder), "I am Bob.", "--model", "offline:", "--session", "trip");
        var file = stored();
        Files.writeString(file, Files.readString(file).replaceFirst("Bob", "Eve"));

        var ended = ask(Command.in(folder), "Who?", "--model", "offline:", "--session", "trip");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith("error store.damaged:")
                .contains(file.toString(), "\n  → ", "begin anew")
                .hasLineCount(2);
    }

    @Test
    void aPlaceThatCannotBeUsedIsOneLineWhatAndOneWhatToDo() throws Exception {
        var occupied = Files.writeString(folder.resolve("occupied"), "");
        var skein = Command.in(folder).with(Map.of("SKEIN_HOME", occupied.toString()));

        var ended = ask(skein, "x", "--model", "offline:", "--session", "trip");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .startsWith("error store.unavailable:")
                .contains(occupied.toString(), "\n  → ")
                .hasLineCount(2);
    }

    private Path stored() throws IOException {
        try (var files = Files.newDirectoryStream(folder.resolve(".skein/sessions"), "*.session")) {
            return files.iterator().next();
        }
    }
}
