package dev.skein.checks.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("static")
class MarkdownTest {
    private static final Repository REPOSITORY = Repository.here();

    static Stream<Path> documents() {
        return REPOSITORY.filesEndingWith(".md").stream().map(REPOSITORY.root()::relativize);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) {
        assertThat(Markdown.read(REPOSITORY.root().resolve(document)).brokenLinks()).isEmpty();
    }

    @Test
    void aLinkToNothingIsFound() {
        assertThat(broken("[here](pom.xml) [there](no.xml \"why\") [far](https://example.org/no)"))
                .containsExactly("no.xml");
        assertThat(broken("text\n[label]: docs/none.md\n")).containsExactly("docs/none.md");
    }

    @Test
    void aLinkToAHeadingThatIsNotThereIsFound() {
        String headings = "# What is *it*?\n## Twice\n## Twice\n";
        assertThat(broken(headings + "[a](#what-is-it) [b](#twice) [c](#twice-1)")).isEmpty();
        assertThat(broken(headings + "[d](#twice-2)")).containsExactly("#twice-2");
    }

    @Test
    void whatLooksLikeALinkInCodeIsNone() {
        assertThat(broken("`[a](no.md)`\n```\n[b](no.md)\n```\n")).isEmpty();
    }

    @Test
    void blocksKnowTheirLanguageAndLine() {
        var document =
                Markdown.of(
                        Path.of("A.md"),
                        "one\n```java\nint a;\nint b;\n```\ntwo\n```console\n$ ls\n```\n");
        assertThat(document.blocks())
                .containsExactly(
                        new Markdown.Block("java", 3, "int a;\nint b;"),
                        new Markdown.Block("console", 8, "$ ls"));
        assertThat(document.prose()).containsExactly("one", "two");
    }

    private static List<String> broken(String text) {
        return Markdown.of(REPOSITORY.root().resolve("A.md"), text).brokenLinks();
    }
}
