package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in surroundings that it did not choose. */
@Tag("integration")
class LauncherTest {
    @TempDir private Path folder;

    @Test
    void itWorksThroughLinksFromAFolderWithSpaces() throws Exception {
        var spaced = Files.createDirectory(folder.resolve("my agents"));
        var first =
                Files.createSymbolicLink(spaced.resolve("first"), Command.root().resolve("skein"));
        var second = Files.createSymbolicLink(spaced.resolve("second link"), Path.of("first"));
        Files.writeString(spaced.resolve("Words.java"), "void main() { IO.println(\"here\"); }\n");

        var ended = Command.in(spaced).through(second).run("run", "Words.java");

        assertThat(first).isSymbolicLink();
        assertThat(ended).isEqualTo(new Command.Ended(0, "here\n", ""));
    }

    @Test
    void aProgramsTemporaryFilesGoWhereTheUserSays() throws Exception {
        var tmp = Files.createDirectory(folder.resolve("t"));
        program("Tmp.java", "void main() { IO.print(System.getProperty(\"java.io.tmpdir\")); }");

        var ended =
                Command.in(folder).with(Map.of("TMPDIR", tmp.toString())).run("run", "Tmp.java");

        assertThat(ended.out()).isEqualTo(tmp.toString());
    }

    @Test
    void withoutAPlaceForItsCacheAProgramRunsAndTheReasonIsTold() throws Exception {
        var file = Files.writeString(folder.resolve("occupied"), "");
        program("Words.java", "void main() { IO.print(\"ran\"); }");

        var ended =
                Command.in(folder)
                        .with(Map.of("XDG_CACHE_HOME", file.toString()))
                        .run("run", "Words.java");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo("ran");
        assertThat(ended.err())
                .contains("cannot keep the compiled program")
                .doesNotContain("\tat ");
    }

    @Test
    void withoutAJdkOneMessageSaysWhatToInstall() throws Exception {
        var ended =
                Command.in(folder).with(Map.of("SKEIN_JAVA_HOME", folder.toString())).run("doctor");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("is not a JDK 25", "Install one").hasLineCount(2);
    }

    private void program(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text + "\n");
    }
}
