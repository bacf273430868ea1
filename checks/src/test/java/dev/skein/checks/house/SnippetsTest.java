package dev.skein.checks.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("static")
class SnippetsTest {
    private static final Repository REPOSITORY = Repository.here();

    @TempDir private Path classes;

    /** The Java of the README and of the guide; the pages on style show what not to write. */
    static Stream<Snippet> snippets() {
        return REPOSITORY.filesEndingWith(".md").stream()
                .filter(file -> REPOSITORY.name(file).matches("README.md|docs/guide/.*"))
                .flatMap(file -> Snippet.in(REPOSITORY.name(file), Markdown.read(file)));
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void javaInDocumentsCompiles(Snippet snippet) {
        assertThat(snippet.problems(classes)).isEmpty();
    }

    @Test
    void aProgramThatDoesNotCompileIsFoundWithItsLine() {
        var snippet =
                new Snippet(
                        "A.md",
                        new Markdown.Block("java", 10, "void main() {\n    Task.off();\n}"));
        assertThat(snippet.problems(classes)).singleElement().asString().startsWith("A.md:11: ");
    }

    @Test
    void statementsAloneAreABody() {
        var snippet =
                new Snippet(
                        "A.md",
                        new Markdown.Block(
                                "java",
                                10,
                                "var task = Task.of(\"hello\");\nIO.println(task.id());"));
        assertThat(snippet.problems(classes)).isEmpty();
    }

    @Test
    void declarationsAloneAreAFile() {
        assertThat(
                        new Snippet(
                                        "A.md",
                                        new Markdown.Block(
                                                "java", 1, "record A(List<String> b) {}"))
                                .problems(classes))
                .isEqualTo(List.of());
    }
}
