package dev.skein.checks.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("static")
class LayoutTest {
    private static final Repository REPOSITORY = Repository.here();
    private static final int DOORS = 12;

    /** Requirements, which tests of all modules may prove, begin with a capital. */
    private static final String TIER = "@Tag\\(\"[a-z]";

    static List<Path> modules() {
        return REPOSITORY.programModules();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleHasADescriptorThatSaysWhatItIsAndMarksNull(Path module) {
        var layout = Layout.of(REPOSITORY, module);
        assertThat(layout.descriptor()).isPresent();
        assertThat(layout.descriptorIsExplained()).isTrue();
        assertThat(layout.descriptor().orElseThrow().text()).contains("@NullMarked\n");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyPackageSaysWhatLivesThere(Path module) {
        assertThat(Layout.of(REPOSITORY, module).unexplainedPackages()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyPublicTypeOfAnExportedPackageSaysWhatItIs(Path module) {
        assertThat(Layout.of(REPOSITORY, module).unexplainedTypes()).isEmpty();
    }

    @Test
    void theEngineHasAtMostTwelveDoors() {
        var core = Layout.of(REPOSITORY, REPOSITORY.root().resolve("core"));
        assertThat(core.publicTypes("dev.skein.runtime"))
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(DOORS);
    }

    /**
     * Only there do the tiers that need them look for them: elsewhere such a test would never run.
     */
    @Test
    void testsOfTiersLiveInTheModuleOfChecks() {
        for (Path file : REPOSITORY.filesEndingWith("Test.java")) {
            if (file.startsWith(REPOSITORY.root().resolve("checks"))) continue;
            assertThat(Repository.text(file)).as(REPOSITORY.name(file)).doesNotContainPattern(TIER);
        }
    }

    @Test
    void whatIsNotExplainedIsFound() {
        var layout =
                new Layout(
                        List.of(
                                Source.of(
                                        "module-info.java",
                                        "module a { exports a.b; exports a.c to d; }"),
                                Source.of("a/b/package-info.java", "package a.b;"),
                                Source.of(
                                        "a/b/One.java",
                                        "package a.b; public class One { public class Inner {} }"),
                                Source.of(
                                        "a/b/Two.java",
                                        "package a.b; /** Two. */ public class Two {}"),
                                Source.of("a/b/Three.java", "package a.b; class Three {}"),
                                Source.of("a/c/Four.java", "package a.c; public class Four {}")));
        assertThat(layout.descriptorIsExplained()).isFalse();
        assertThat(layout.unexplainedPackages()).containsExactly("a.b", "a.c");
        assertThat(layout.unexplainedTypes()).containsExactly("a.b.One");
        assertThat(layout.publicTypes("a.b")).containsExactly("a.b.One", "a.b.Two");
    }
}
