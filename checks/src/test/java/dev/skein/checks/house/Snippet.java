package dev.skein.checks.house;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A block of Java in a document: a program, declarations, or statements. */
record Snippet(String document, Markdown.Block block) {
    private static final Pattern FILE =
            Pattern.compile(
                    "(?m)^(import |void main\\(|((public|final|sealed|abstract|static) )*(record|class|interface|enum) )");
    private static final String MODULES = "dev.skein.core,dev.skein.models,dev.skein.testkit";
    private static final String IMPORTS =
            "import module dev.skein.core; import module dev.skein.models; ";

    static Stream<Snippet> in(String document, Markdown markdown) {
        return markdown.blocks().stream()
                .filter(block -> block.language().equals("java"))
                .map(block -> new Snippet(document, block));
    }

    @Override
    public String toString() {
        return document + ":" + block.line();
    }

    /** What the compiler says against it, with the line in the document. */
    List<String> problems(Path classes) {
        var said = new DiagnosticCollector<JavaFileObject>();
        String path = System.getProperty("java.class.path");
        var options =
                List.of(
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "--module-path",
                        path,
                        "--add-modules",
                        MODULES);
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, said, options, null, List.of(program()))
                .call();
        return said.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one ->
                        document
                                + ":"
                                + (block.line() + one.getLineNumber() - 1)
                                + ": "
                                + one.getMessage(Locale.ROOT))
                .toList();
    }

    /** What is added stands in the first line, so that lines keep their numbers. */
    private JavaFileObject program() {
        String code = block.code();
        String program =
                FILE.matcher(code).find()
                        ? IMPORTS + code
                        : IMPORTS + "void main() throws Exception { " + code + "\n}";
        String text = program.contains("void main(") ? program : program + "\nvoid main() {}";
        return new SimpleJavaFileObject(
                URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
