package dev.skein.checks.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("static")
class SourceRulesTest {

    @Test
    void everySourceFileKeepsTheLimits() {
        var repository = Repository.here();
        var sources = Source.of(repository, repository.filesEndingWith(".java"));
        assertThat(sources).hasSizeGreaterThan(200);
        assertThat(sources.stream().flatMap(source -> SourceRules.breaches(source).stream()))
                .isEmpty();
    }

    @Test
    void aLongFileIsFound() {
        assertThat(rules("class A {\n" + "\n".repeat(SourceRules.FILE_LINES - 2) + "}\n"))
                .isEmpty();
        assertThat(rules("class A {\n" + "\n".repeat(SourceRules.FILE_LINES - 1) + "}\n"))
                .containsExactly("file-lines");
    }

    @Test
    void aLongBodyIsFound() {
        assertThat(
                        rules(
                                "class A { void a() {\n"
                                        + "a();\n".repeat(SourceRules.BODY_LINES)
                                        + "} }"))
                .isEmpty();
        assertThat(
                        rules(
                                "class A { void a() {\n"
                                        + "a();\n".repeat(SourceRules.BODY_LINES + 1)
                                        + "} }"))
                .containsExactly("body-lines");
        assertThat(
                        rules(
                                "record A(int a) { A {\n"
                                        + "a();\n".repeat(SourceRules.BODY_LINES + 1)
                                        + "} }"))
                .containsExactly("body-lines");
    }

    @Test
    void manyParametersAreFound() {
        assertThat(rules("class A { void a(int a, int b, int c, int d) {} }")).isEmpty();
        assertThat(rules("interface A { void a(int a, int b, int c, int d, int e); }"))
                .containsExactly("parameters");
        assertThat(rules("class A { A(int a, int b, int c, int d, int e) {} }"))
                .containsExactly("parameters");
        assertThat(
                        rules(
                                "record A(int a, int b, int c, int d, int e) { A(int a, int b, int c, int d, int e) {} }"))
                .isEmpty();
    }

    @Test
    void manyComponentsAreFoundInProgramsOnly() {
        var wide =
                "class B { record A(int a, int b, int c, int d, int e, int f, int g, int h) {} }";
        assertThat(
                        rules(
                                "record A(int a, int b, int c, int d, int e, int f, int g) { static int h; }"))
                .isEmpty();
        assertThat(rules(wide)).containsExactly("components");
        assertThat(SourceRules.breaches(Source.of("a/src/test/java/B.java", wide))).isEmpty();
    }

    @Test
    void anEmptyCatchIsFound() {
        assertThat(rules("class A { void a() { try { a(); } catch (Error e) { throw e; } } }"))
                .isEmpty();
        assertThat(rules("class A { void a() { try { a(); } catch (Error e) { /* why */ } } }"))
                .containsExactly("empty-catch");
    }

    @Test
    void aTestThatIsSwitchedOffIsFound() {
        assertThat(rules("class A { @org.junit.jupiter.api.Disabled void a() {} }"))
                .containsExactly("switched-off");
        assertThat(rules("@Disabled(\"later\") class A {}")).containsExactly("switched-off");
    }

    @Test
    void theLineIsNamed() {
        assertThat(
                        SourceRules.breaches(
                                Source.of("A.java", "class A {\n\n@Disabled void a() {}\n}")))
                .extracting(Breach::where)
                .containsExactly("A.java:3");
    }

    private static Stream<String> rules(String text) {
        return SourceRules.breaches(Source.of("A.java", text)).stream().map(Breach::rule);
    }
}
