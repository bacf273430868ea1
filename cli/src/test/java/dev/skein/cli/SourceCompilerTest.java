package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceCompilerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "void main() {}                                                      | Hello | false | false",
                "void main(String[] a) {}                                            | Hello | false | true",
                "static void main() {}                                               | Hello | true  | false",
                "void main() {} static void main(String[] a) {}                      | Hello | true  | true",
                "class A { public static void main(String... a) {} } class B {}      | A     | true  | true",
                "package p; public class Any { void main() {} }                      | p.Any | false | false",
                "class A extends B {} class B { void main() {} }                     | A     | false | false",
                "record R() { static void main() {} }                                | R     | true  | false",
                "abstract class A { static void main() {} void main(String[] a) {} } | A     | true  | false",
                "interface A { static void main(String[] a) {} }                     | A     | true  | true",
            })
    void mainIsFoundAsJavaFindsIt(String text, String type, boolean ofClass, boolean arguments) {
        assertThat(Sources.compiled(text).entry())
                .isEqualTo(new Program.Entry(type, ofClass, arguments));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A {}",
                "class A { private void main() {} }",
                "class A { int main() { return 0; } }",
                "class A { void main(int a) {} }",
                "class A { A(int a) {} void main() {} }",
                "class A { private A() {} void main() {} }",
                "abstract class A { void main() {} }",
            })
    void aFileWithoutMainIsToldSo(String text) {
        assertThat(Sources.broken(text)).startsWith("Hello.java:1: error: no main method");
    }

    @Test
    void modulesOfSkeinCanBeImported() {
        var program =
                Sources.compiled(
                        """
                        import module dev.skein.core;
                        import module dev.skein.models;
                        void main() { var agent = ModelAgent.of("a"); var model = ScriptedModel.of(); }
                        """);
        assertThat(program.classes()).containsOnlyKeys("Hello");
    }

    @Test
    void anErrorShowsTheLineAndThePlaceInIt() {
        var told = Sources.broken("void main() {\n\tvar x = 1;\n\tvar y = x + nothing(2);\n}\n");
        assertThat(told)
                .startsWith(
                        """
                        Hello.java:3: error: cannot find symbol
                        \tvar y = x + nothing(2);
                        \t            ^
                        """)
                .contains("symbol:   method nothing(int)");
    }

    @Test
    void everyErrorIsTold() {
        assertThat(Sources.broken("void main() { int a = \"\"; String b = 1; }"))
                .contains("String cannot be converted to int", "int cannot be converted to String");
    }

    @Test
    void anErrorOfGrammarIsToldWithoutAComplaintAboutMain() {
        assertThat(Sources.broken("void main() {"))
                .contains("reached end of file while parsing")
                .doesNotContain("no main");
    }

    @Test
    void warningsAreNotTold() {
        assertThat(
                        Sources.compiled(
                                "void main() { java.util.List l = new java.util.ArrayList(); }"))
                .isNotNull();
    }
}
