package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgramStartTest {
    private final Paper paper = new Paper();
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void giveTheLoaderBack() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private int run(String text, String... arguments) {
        var start = new ProgramStart(Sources.compiled(text), Interruption.none(), paper.plain());
        return start.run(List.of(arguments));
    }

    @Test
    void argumentsArriveAndNamesOfParametersAreKept() {
        var text =
                """
                record Lookup(String order) {}
                static void takes(String order) {}
                void main(String[] words) throws Exception {
                    System.setProperty("skein.test", String.join(",", words)
                        + getClass().getDeclaredMethod("takes", String.class).getParameters()[0].getName());
                }
                """;
        assertThat(run(text, "a", "b c")).isZero();
        assertThat(System.clearProperty("skein.test")).isEqualTo("a,b corder");
    }

    @Test
    void whatAProgramThrowsIsToldWithItsPlace() {
        int exit =
                run(
                        "void main() {\n  fail();\n}\nvoid fail() {\n  throw new IllegalStateException(\"no\\nuser\");\n}");
        assertThat(exit).isEqualTo(1);
        assertThat(paper.err())
                .isEqualTo(
                        """
                        error run.threw: Hello.java:5 threw IllegalStateException: no\\nuser.
                          → Fix it; --debug shows the stack.
                        """);
    }

    @Test
    void thePlaceIsTheProgramsOwn() {
        run("void main() {\n\n  java.util.List.of(1).listIterator(9);\n}");
        assertThat(paper.err()).startsWith("error run.threw: Hello.java:3 threw IndexOutOf");
    }

    @Test
    void aFailureIsToldAsItself() {
        run(
                """
                import module dev.skein.core;
                void main() { throw new SkeinException(new Missing.Agent("codebt", List.of("codebot"))); }
                """);
        assertThat(paper.err())
                .isEqualTo(
                        """
                        error missing.agent: No agent 'codebt'. Known: codebot.
                          → Did you mean codebot?
                        """);
    }

    @Test
    void theStackIsShownOnlyWhenAskedFor() {
        var program = Sources.compiled("void main() { throw new IllegalStateException(\"no\"); }");
        new ProgramStart(program, Interruption.none(), paper.debug()).run(List.of());
        assertThat(paper.err()).contains("at Hello.main(Hello.java:1)", "error run.threw");
    }

    @Test
    void aStaticInitializerThatThrowsIsToldByItsCause() {
        run("static int x = Integer.parseInt(\"x\");\nvoid main() {}");
        assertThat(paper.err()).startsWith("error run.threw: Hello.java:1 threw NumberFormat");
    }
}
