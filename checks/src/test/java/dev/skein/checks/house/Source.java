package dev.skein.checks.house;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** One Java file, parsed and not compiled. */
record Source(String name, String text, CompilationUnitTree unit, DocTrees trees) {

    static List<Source> of(Repository repository, List<Path> files) {
        return parse(
                files.stream()
                        .map(file -> new Text(repository.name(file), Repository.text(file)))
                        .toList());
    }

    static Source of(String name, String text) {
        return parse(List.of(new Text(name, text))).getFirst();
    }

    private static List<Source> parse(List<Text> texts) {
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(
                                        null,
                                        null,
                                        diagnostics,
                                        List.of("-proc:none"),
                                        null,
                                        texts);
        var trees = DocTrees.instance(task);
        try {
            var sources = new ArrayList<Source>();
            for (var unit : task.parse()) sources.add(of(unit, trees));
            if (!diagnostics.getDiagnostics().isEmpty())
                throw new IllegalArgumentException(diagnostics.getDiagnostics().toString());
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source of(CompilationUnitTree unit, DocTrees trees) throws IOException {
        var file = unit.getSourceFile();
        String name = file.toUri().getPath().substring(1);
        return new Source(name, file.getCharContent(true).toString(), unit, trees);
    }

    /** The line that the tree begins in. */
    long line(Tree tree) {
        return line(trees.getSourcePositions().getStartPosition(unit, tree));
    }

    /** The lines between a block's braces. */
    long linesInside(BlockTree block) {
        return line(trees.getSourcePositions().getEndPosition(unit, block) - 1) - line(block) - 1;
    }

    boolean isTest() {
        return name.contains("src/test/");
    }

    /** Empty for the descriptor of a module. */
    String packageName() {
        var declared = unit.getPackage();
        return declared == null ? "" : declared.getPackageName().toString();
    }

    /** Whether there is documentation, with words in it, of what is declared in this file. */
    boolean isExplained(Tree declared) {
        var comment = trees.getDocCommentTree(TreePath.getPath(unit, declared));
        return comment != null && !comment.getFullBody().isEmpty();
    }

    private long line(long position) {
        return unit.getLineMap().getLineNumber(position);
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String name, String text) {
            super(URI.create("string:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
