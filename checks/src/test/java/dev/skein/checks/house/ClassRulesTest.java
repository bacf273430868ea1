package dev.skein.checks.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.skein.checks.house.broken.BaseOfEverything;
import dev.skein.checks.house.broken.early.Early;
import dev.skein.checks.house.broken.late.Late;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@Tag("static")
class ClassRulesTest {

    private static final Repository REPOSITORY = Repository.here();
    private static final List<JavaClass> PROGRAMS = Compiled.programs(REPOSITORY);
    private static final List<Allowed> ALLOWED =
            Allowed.lines(
                    Repository.text(
                            REPOSITORY
                                    .root()
                                    .resolve(
                                            Path.of(
                                                    "checks",
                                                    "src",
                                                    "test",
                                                    "resources",
                                                    "allowed.txt"))));
    private static final List<ClassRule> RULES = ClassRule.ALL;

    @Test
    void everyModuleWithSourcesIsCompiled() {
        assertThat(REPOSITORY.programModules())
                .isNotEmpty()
                .allSatisfy(module ->
                        assertThat(module.resolve("target/classes")).isNotEmptyDirectory());
    }

    @Test
    void noClassKnowsALaterOrANeighboringRoom() {
        assertThat(PROGRAMS.stream().flatMap(Bands.SKEIN::breaches)).isEmpty();
    }

    @Test
    void aClassThatKnowsALaterBandIsFound() {
        var bands =
                new Bands(
                        "dev.skein.checks.house.broken.",
                        List.of(
                                List.of(Bands.room("early", "early")),
                                List.of(Bands.room("late", "late"))));
        assertThat(bands.breaches(Compiled.fixture(Early.class)))
                .extracting(Breach::what)
                .containsExactly("must not know " + Late.class.getName());
        assertThat(bands.breaches(Compiled.fixture(Late.class))).isEmpty();
        assertThat(bands.breaches(Compiled.fixture(BaseOfEverything.class)))
                .extracting(Breach::what)
                .containsExactly("its package is in no room");
    }

    @Test
    void aClassThatKnowsItsNeighborIsFound() {
        var bands =
                new Bands(
                        "dev.skein.checks.house.broken.",
                        List.of(List.of(Bands.room("early", "early"), Bands.room("late", "late"))));
        assertThat(bands.breaches(Compiled.fixture(Early.class))).hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void noShippedClassBreaks(ClassRule rule) {
        assertThat(found(rule).filter(Predicate.not(ClassRulesTest::isAllowed))).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void aClassThatBreaksItIsFound(ClassRule rule) {
        assertThat(rule.breaches(Compiled.fixture(BaseOfEverything.class))).isNotEmpty();
    }

    @Test
    void testsKeepTheirRulesToo() {
        var breaches =
                Compiled.tests(REPOSITORY).stream()
                        .flatMap(type ->
                                ClassRule.TESTS.stream().flatMap(rule -> rule.breaches(type)));
        assertThat(breaches).isEmpty();
    }

    @Test
    void everyLineOfTheAllowListIsUsed() {
        List<Breach> all = RULES.stream().flatMap(ClassRulesTest::found).toList();
        assertThat(ALLOWED.stream().filter(line -> all.stream().noneMatch(line::covers))).isEmpty();
    }

    @Test
    void anAllowedPlaceCoversItsNestedClassesAndNothingElse() {
        Allowed line = Allowed.lines("# why\n\nsleep | a.b.C | because\n").getFirst();
        assertThat(line.covers(new Breach("sleep", "a.b.C$D", ""))).isTrue();
        assertThat(line.covers(new Breach("sleep", "a.b.CD", ""))).isFalse();
        assertThat(line.covers(new Breach("exit", "a.b.C", ""))).isFalse();
        assertThat(
                        new Allowed("sleep", "a.b.*", "because")
                                .covers(new Breach("sleep", "a.b.c.D", "")))
                .isFalse();
    }

    private static Stream<Breach> found(ClassRule rule) {
        return PROGRAMS.stream().flatMap(rule::breaches);
    }

    private static boolean isAllowed(Breach breach) {
        return ALLOWED.stream().anyMatch(line -> line.covers(breach));
    }
}
