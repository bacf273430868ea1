package dev.skein.checks.house;

import java.net.URI;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * A block of Java in a document: a program, declarations, or statements.
 *
 * @param printed what the document says that it prints; null if it says nothing
 */
record Snippet(String document, Markdown.Block block, @Nullable String printed) {
    private static final String IMPORTS =
            "import module dev.skein.core; import module dev.skein.models; ";

    /** What a line at the margin begins with, where there are only declarations. */
    private static final Pattern DECLARING =
            Pattern.compile(
                    "(import |@|\\}|//|/\\*| \\*|$)|((public|final|sealed|abstract|static) )*(record|class|interface|enum) ");

    @Override
    public String toString() {
        return document + ":" + block.line();
    }

    /** The name of its class and, without folder and ending, of its file. */
    String name() {
        return "Line" + block.line();
    }

    /** Whether there is something to run. */
    boolean runs() {
        return isProgram() || isBody();
    }

    private boolean isProgram() {
        return block.code().contains("void main(");
    }

    private boolean isBody() {
        return !isProgram()
                && block.code()
                        .lines()
                        .filter(line -> !line.startsWith(" "))
                        .anyMatch(line -> !DECLARING.matcher(line).lookingAt());
    }

    /**
     * What is added stands in the first and behind the last line, so that lines keep their numbers.
     */
    private String text() {
        String code = block.code();
        if (isProgram()) return IMPORTS + code;
        return isBody()
                ? IMPORTS + "void main() throws Exception { " + code + "\n}"
                : IMPORTS + code + "\nvoid main() {}";
    }

    JavaFileObject source() {
        return new SimpleJavaFileObject(
                URI.create("string:///" + name() + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text();
            }
        };
    }
}
