package dev.skein.checks.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

    /** The README and the guide; the pages on style show what not to write. */
    static Stream<Page> pages() {
        return REPOSITORY.filesEndingWith(".md").stream()
                .filter(file -> REPOSITORY.name(file).matches("README.md|docs/guide/.*"))
                .map(file -> Page.of(REPOSITORY.name(file), Markdown.read(file)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void javaInDocumentsCompiles(Page page) {
        assertThat(page.faults(classes)).isEmpty();
    }

    @Test
    void aProgramThatDoesNotCompileIsFoundWithItsLine() {
        var page = page("```java\nvoid main() {\n    Task.off();\n}\n```\n");
        assertThat(page.faults(classes)).singleElement().asString().startsWith("A.md:3: ");
    }

    @Test
    void statementsAreABodyAndDeclarationsAreAFile() {
        var page =
                page(
                        """
                        ```java
                        var task = Task.of("hello");
                        IO.println(task.id());
                        ```
                        ```java
                        record City(String name) {}

                        var type = JsonType.of(City.class);
                        ```
                        ```java
                        sealed interface Way {
                            record There(List<String> stops) implements Way {}
                        }

                        @Description("nowhere")
                        record Nowhere() {}
                        ```
                        """);
        assertThat(page.faults(classes)).isEmpty();
        assertThat(page.snippets()).extracting(Snippet::runs).containsExactly(true, true, false);
    }

    @Test
    void whatIsPrintedStandsDirectlyBehind() {
        var page =
                page(
                        """
                        ```java
                        IO.println(1);
                        ```

                        ```text
                        1
                        ```
                        ```java
                        int none;
                        ```
                        It is silent.
                        And it stays so.
                        ```text
                        2
                        ```
                        """);
        assertThat(page.snippets()).extracting(Snippet::printed).containsExactly("1", null);
    }

    private static Page page(String text) {
        return Page.of("A.md", Markdown.of(Path.of("A.md"), text));
    }
}
