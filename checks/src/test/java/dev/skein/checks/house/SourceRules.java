package dev.skein.checks.house;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Limits and bans that one source file must keep. */
final class SourceRules extends TreePathScanner<@Nullable Void, List<Breach>> {
    static final int FILE_LINES = 400;
    static final int BODY_LINES = 40;
    static final int PARAMETERS = 4;
    static final int COMPONENTS = 7;

    private static final Set<String> SWITCHED_OFF = Set.of("Disabled", "DisabledIf", "Ignore");

    private final Source source;

    private SourceRules(Source source) {
        this.source = source;
    }

    static List<Breach> breaches(Source source) {
        var found = new ArrayList<Breach>();
        new SourceRules(source).scan(source.unit(), found);
        return found;
    }

    @Override
    public @Nullable Void visitCompilationUnit(CompilationUnitTree unit, List<Breach> found) {
        long lines = source.text().lines().count();
        if (lines > FILE_LINES) found.add(breach("file-lines", unit, lines));
        return super.visitCompilationUnit(unit, found);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, List<Breach> found) {
        long components = components(type);
        if (components > COMPONENTS && !source.isTest())
            found.add(breach("components", type, components));
        return super.visitClass(type, found);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, List<Breach> found) {
        long parameters = isConstructorOfRecord(method) ? 0 : method.getParameters().size();
        if (parameters > PARAMETERS) found.add(breach("parameters", method, parameters));
        long lines = method.getBody() == null ? 0 : source.linesInside(method.getBody());
        if (lines > BODY_LINES) found.add(breach("body-lines", method, lines));
        return super.visitMethod(method, found);
    }

    @Override
    public @Nullable Void visitCatch(CatchTree caught, List<Breach> found) {
        boolean empty = caught.getBlock().getStatements().isEmpty();
        if (empty) found.add(breach("empty-catch", caught, "nothing is done"));
        return super.visitCatch(caught, found);
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree annotation, List<Breach> found) {
        String name = annotation.getAnnotationType().toString();
        String simple = name.substring(name.lastIndexOf('.') + 1);
        if (SWITCHED_OFF.contains(simple)) found.add(breach("switched-off", annotation, simple));
        return super.visitAnnotation(annotation, found);
    }

    /** The components are bounded already. */
    private boolean isConstructorOfRecord(MethodTree method) {
        var around = getCurrentPath().getParentPath().getLeaf();
        return method.getReturnType() == null && around.getKind() == Tree.Kind.RECORD;
    }

    /** A record's fields are its components, but for the static ones. */
    private static long components(ClassTree type) {
        if (type.getKind() != Tree.Kind.RECORD) return 0;
        return type.getMembers().stream().filter(SourceRules::isComponent).count();
    }

    private static boolean isComponent(Tree member) {
        return member instanceof VariableTree field
                && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private Breach breach(String rule, Tree tree, Object what) {
        return new Breach(rule, source.name() + ":" + source.line(tree), what.toString());
    }
}
