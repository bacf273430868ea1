package dev.skein.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    void aProgramWhoseOutputIsLostSaysSoAndFails() throws Exception {
        var full = launcher("full", "exec \"$skein\" \"$@\" >/dev/full");
        program("Lost.java", "void main() { IO.println(\"words\"); }");
        program("Left.java", "void main() { IO.println(\"words\"); System.exit(0); }");
        program("Mute.java", "void main() { System.out.close(); }");

        var lost = Command.in(folder).through(full).run("run", "Lost.java");
        var left = Command.in(folder).through(full).run("run", "Left.java");
        var mute = Command.in(folder).through(full).run("run", "Mute.java");

        assertThat(lost.code()).isEqualTo(1);
        assertThat(lost.err())
                .startsWith("error invalid.call: Standard output cannot be written.\n  → ")
                .hasLineCount(2);
        assertThat(left.code()).as("the program's own").isZero();
        assertThat(left.err()).isEqualTo(lost.err());
        assertThat(mute).isEqualTo(new Command.Ended(0, "", ""));
    }

    @Test
    void aDiskThatFillsUpCostsTheCacheAndNothingElse() throws Exception {
        var small = launcher("small", "ulimit -f 1; exec \"$skein\" \"$@\"");
        var text = "much text that makes the compiled program larger than one block ".repeat(50);
        program("Words.java", "void main() { IO.print(\"" + text + "\".length()); }");

        var ended = Command.in(folder).through(small).run("run", "Words.java");
        var again = Command.in(folder).run("run", "Words.java");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo("3200");
        assertThat(ended.err())
                .contains("cannot keep the compiled program")
                .doesNotContain("\tat ");
        assertThat(again).isEqualTo(new Command.Ended(0, "3200", ""));
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

    /** Starts the command after {@code words}, which know it as {@code $skein}. */
    private Path launcher(String name, String words) throws IOException {
        var script = "#!/bin/sh\nskein='" + Command.root().resolve("skein") + "'\n" + words + "\n";
        var file = Files.writeString(folder.resolve(name), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }
}
