package dev.skein.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Finds the main method as Java's own launcher does: not private, without result, its own or
 * inherited, of the class or of an instance; the one with {@code String[]} goes before the one
 * without.
 */
record MainMethod(ExecutableElement method) {

    static Optional<Program.Entry> of(TypeElement type, Elements elements) {
        return ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
                .map(MainMethod::new)
                .filter(MainMethod::fits)
                .filter(main -> main.ofClass() || canBeMade(type))
                .max(Comparator.comparing(MainMethod::takesArguments))
                .map(main -> main.entry(elements.getBinaryName(type).toString()));
    }

    private boolean fits() {
        return method.getSimpleName().contentEquals("main")
                && !method.getModifiers().contains(Modifier.PRIVATE)
                && !method.getModifiers().contains(Modifier.ABSTRACT)
                && method.getReturnType().getKind() == TypeKind.VOID
                && (method.getParameters().isEmpty() || takesArguments());
    }

    private boolean takesArguments() {
        var parameters = method.getParameters();
        return parameters.size() == 1
                && parameters.getFirst().asType().toString().equals("java.lang.String[]");
    }

    private boolean ofClass() {
        return method.getModifiers().contains(Modifier.STATIC);
    }

    private static boolean canBeMade(TypeElement type) {
        if (type.getModifiers().contains(Modifier.ABSTRACT)) return false;
        List<ExecutableElement> made = ElementFilter.constructorsIn(type.getEnclosedElements());
        return made.stream()
                .anyMatch(one ->
                        one.getParameters().isEmpty()
                                && !one.getModifiers().contains(Modifier.PRIVATE));
    }

    private Program.Entry entry(String type) {
        return new Program.Entry(type, ofClass(), takesArguments());
    }
}
