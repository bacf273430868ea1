package dev.skein.checks.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("static")
class RequirementsTest {
    private static final String OPEN = "@Tag(";

    @Test
    void everyPromiseHasATestThatIsTaggedWithItsNumber() {
        assertThat(Requirements.of(Repository.here()).unproved()).isEmpty();
    }

    @Test
    void noTestNamesAPromiseThatIsNotOnTheList() {
        assertThat(Requirements.of(Repository.here()).unknown()).isEmpty();
    }

    @Test
    void aPromiseWithoutATestAndATagWithoutAPromiseAreFound() {
        var found =
                Requirements.of(
                        List.of("# a list", "XX-1 this", "XX-2 that", "XX-3 later: not yet"),
                        List.of(
                                "    " + OPEN + "\"XX-1\")",
                                OPEN + "\"XX-3\") " + OPEN + "\"XX-9\")"));
        assertThat(found.unproved()).containsExactly("XX-2 that");
        assertThat(found.unknown()).containsExactly("XX-3", "XX-9");
    }
}
