package dev.skein.checks.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExportsTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** The main sources of one module, and what they say about themselves. */
record Layout(List<Source> sources) {

    static Layout of(Repository repository, Path module) {
        Path main = module.resolve("src/main/java");
        List<Path> files =
                repository.filesEndingWith(".java").stream()
                        .filter(file -> file.startsWith(main))
                        .toList();
        return new Layout(Source.of(repository, files));
    }

    Optional<Source> descriptor() {
        return sources.stream().filter(source -> source.unit().getModule() != null).findFirst();
    }

    boolean descriptorIsExplained() {
        return descriptor()
                .filter(source -> source.isExplained(source.unit().getModule()))
                .isPresent();
    }

    List<String> unexplainedPackages() {
        Set<String> explained =
                sources.stream()
                        .filter(source -> source.name().endsWith("package-info.java"))
                        .filter(source -> source.isExplained(source.unit().getPackage()))
                        .map(Source::packageName)
                        .collect(Collectors.toSet());
        return sources.stream()
                .map(Source::packageName)
                .filter(name -> !name.isEmpty())
                .filter(name -> !explained.contains(name))
                .distinct()
                .sorted()
                .toList();
    }

    List<String> unexplainedTypes() {
        Set<String> exported = exported();
        return sources.stream()
                .filter(source -> exported.contains(source.packageName()))
                .flatMap(source ->
                        publicTypes(source)
                                .filter(type -> !source.isExplained(type))
                                .map(type -> name(source, type)))
                .toList();
    }

    List<String> publicTypes(String packageName) {
        return sources.stream()
                .filter(source -> source.packageName().equals(packageName))
                .flatMap(source -> publicTypes(source).map(type -> name(source, type)))
                .toList();
    }

    /**
     * Packages that are open to everybody; those that only some modules see are not the public API.
     */
    private Set<String> exported() {
        return descriptor().stream()
                .flatMap(source -> source.unit().getModule().getDirectives().stream())
                .flatMap(directive ->
                        directive instanceof ExportsTree exports && exports.getModuleNames() == null
                                ? Stream.of(exports)
                                : Stream.empty())
                .map(exports -> exports.getPackageName().toString())
                .collect(Collectors.toSet());
    }

    private static Stream<ClassTree> publicTypes(Source source) {
        return source.unit().getTypeDecls().stream()
                .flatMap(tree -> tree instanceof ClassTree type ? Stream.of(type) : Stream.empty())
                .filter(type -> type.getModifiers().getFlags().contains(Modifier.PUBLIC));
    }

    private static String name(Source source, ClassTree type) {
        return source.packageName() + "." + type.getSimpleName();
    }
}
