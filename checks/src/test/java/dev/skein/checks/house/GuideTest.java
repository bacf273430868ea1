package dev.skein.checks.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The guide does what it says: each snippet runs, without a key, and prints what stands behind it.
 */
@Tag("examples")
class GuideTest {
    @TempDir private Path folder;

    static Stream<Page> pages() {
        return SnippetsTest.pages().filter(page -> page.document().startsWith("docs/guide/"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachSnippetPrintsWhatThePageSays(Page page) throws IOException, InterruptedException {
        assertThat(page.problems(folder)).isEmpty();
    }

    @Test
    void aWrongOutputAnExceptionAndAnUnsaidOutputAreFound()
            throws IOException, InterruptedException {
        assertThat(
                        problems(
                                """
                                ```java
                                IO.println("one");
                                ```
                                ```text
                                two
                                ```
                                ```java
                                void main() {
                                    IO.print("so far");
                                    throw new IllegalStateException("no further");
                                }
                                ```
                                ```text
                                so far
                                ```
                                ```java
                                IO.println("unsaid");
                                ```
                                """))
                .satisfiesExactly(
                        one ->
                                assertThat(one)
                                        .startsWith("A.md:2 prints\n    one\nand not\n    two"),
                        one ->
                                assertThat(one)
                                        .startsWith("A.md:8 threw java.lang.IllegalStateException")
                                        .contains("no further")
                                        .endsWith("\n    so far"),
                        one ->
                                assertThat(one)
                                        .startsWith("A.md:17 prints what no text block says"));
    }

    @Test
    void aSnippetThatEndsTheProcessIsFoundWithThoseBehindIt()
            throws IOException, InterruptedException {
        assertThat(
                        problems(
                                """
                                ```java
                                System.exit(0);
                                ```
                                ```java
                                var silent = Task.of("never run");
                                ```
                                """))
                .singleElement()
                .asString()
                .startsWith("A.md:5 did not begin");
    }

    @Test
    void whatIsRightIsNoProblem() throws IOException, InterruptedException {
        assertThat(
                        problems(
                                """
                                ```java
                                record Place(String name) {}

                                var type = ModelAgent.of("guide", Place.class);
                                try (var runtime = AgentRuntime.open(RuntimeConfig.of(type))) {
                                    IO.println(runtime.chosenModel().model());
                                    IO.println(runtime.run(type, Task.of("Where?")).isCompleted());
                                }
                                ```
                                ```text
                                off…
                                true
                                ```
                                ```java
                                record Nothing() {}
                                ```
                                """))
                .isEmpty();
    }

    private List<String> problems(String text) throws IOException, InterruptedException {
        return Page.of("A.md", Markdown.of(Path.of("A.md"), text)).problems(folder);
    }
}
