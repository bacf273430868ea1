package dev.skein.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.SkeinException;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of a module that was written by somebody else. */
class OtherModulesTest {
    @TempDir private static Path folder;

    private static ClassLoader loader = ClassLoader.getSystemClassLoader();

    @BeforeAll
    static void compileTheModule() throws IOException {
        write("module-info.java", "module other { exports shown; opens opened; }");
        write("shown/Fact.java", "package shown; public record Fact(String name, int count) {}");
        write("shown/Secret.java", "package shown; record Secret(String name) {}");
        write("opened/Fact.java", "package opened; record Fact(String name) {}");
        write("closed/Fact.java", "package closed; public record Fact(String name) {}");
        var names =
                List.of("module-info", "shown/Fact", "shown/Secret", "opened/Fact", "closed/Fact");
        var files =
                names.stream()
                        .map(name -> folder.resolve("source", name + ".java").toString())
                        .toList();
        var arguments =
                new java.util.ArrayList<>(List.of("-d", folder.resolve("classes").toString()));
        arguments.addAll(files);
        int failed =
                ToolProvider.findFirst("javac")
                        .orElseThrow()
                        .run(System.out, System.err, arguments.toArray(String[]::new));
        assertThat(failed).isZero();
        var finder = ModuleFinder.of(folder.resolve("classes"));
        var boot = ModuleLayer.boot();
        var configuration =
                boot.configuration().resolve(finder, ModuleFinder.of(), Set.of("other"));
        loader =
                boot.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader())
                        .findLoader("other");
    }

    private static void write(String name, String source) throws IOException {
        var file = folder.resolve("source", name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
    }

    private static Decoded<?> decoded(String name, String json) throws ClassNotFoundException {
        return JsonType.of(loader.loadClass(name)).decode(Json.parse(json));
    }

    @Test
    void publicRecordsOfAnExportedPackageAreRead() throws ClassNotFoundException {
        assertThat(decoded("shown.Fact", "{\"name\":\"x\",\"count\":1}"))
                .hasToString("Ok[value=Fact[name=x, count=1], notes=[]]");
    }

    @Test
    void allRecordsOfAnOpenPackageAreRead() throws ClassNotFoundException {
        assertThat(decoded("opened.Fact", "{\"name\":\"x\"}"))
                .hasToString("Ok[value=Fact[name=x], notes=[]]");
    }

    @Test
    void othersAreRefusedWithTheLineThatOpensThem() {
        for (var name : List.of("shown.Secret", "closed.Fact")) {
            assertThatThrownBy(() -> decoded(name, "{\"name\":\"x\"}"))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            refused -> {
                                assertThat(refused).hasMessageContaining("module other");
                                assertThat(refused.failure().remedy())
                                        .isEqualTo(
                                                "Write in its module-info: opens "
                                                        + name.split("\\.", -1)[0]
                                                        + " to dev.skein.core;");
                            });
        }
    }
}
