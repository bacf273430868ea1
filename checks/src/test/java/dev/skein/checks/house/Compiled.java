package dev.skein.checks.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The classes that the build has made, read from each module's own folder. */
final class Compiled {

    private Compiled() {}

    /**
     * What is shipped, without descriptors of modules and packages and without generated classes.
     */
    static List<JavaClass> programs(Repository repository) {
        return classes(repository.programModules(), "target/classes");
    }

    static List<JavaClass> tests(Repository repository) {
        return classes(repository.modules(), "target/test-classes");
    }

    static JavaClass fixture(Class<?> type) {
        return new ClassFileImporter().importClass(type);
    }

    private static List<JavaClass> classes(List<Path> modules, String folder) {
        List<Path> folders =
                modules.stream()
                        .map(module -> module.resolve(folder))
                        .filter(Files::isDirectory)
                        .toList();
        JavaClasses found = new ClassFileImporter().importPaths(folders);
        return found.stream()
                .filter(type -> !type.getSimpleName().endsWith("-info"))
                .filter(type -> !type.getName().contains("_generated."))
                .filter(type -> !type.getPackageName().startsWith(BROKEN))
                .toList();
    }

    private static final String BROKEN = "dev.skein.checks.house.broken";
}
