package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A toolset that breaks its contract is caught by the case whose name says what it breaks. */
class WrongToolsetsTest {
    @TempDir Path reports;

    @ParameterizedTest
    @CsvSource({
        "DropsTheTail, manyToolsAreAllThere",
        "ReordersEachTime, anUnchangedListIsTheSameList",
        "HidesADeadSource, aDeadSourceIsUnavailable",
        "StaysDead, aSourceThatIsBackIsAskedAgain",
        "NeverTellsOfAChange, aChangeIsToldAndSeen",
        "NeverTellsOfAChange, theChangedListIsOffered",
        "ClosesOnlyOnce, closingTwiceIsHarmless",
        "StartsAtOnce, nothingIsAskedBeforeTheFirstUse",
        "IgnoresInterrupts, anInterruptEndsASlowListing",
    })
    void isCaught(String wrong, String by) throws ClassNotFoundException {
        var suite = Class.forName(WrongToolsets.class.getName() + "$" + wrong);

        assertThat(Suites.run(suite, reports, by).failed()).containsOnlyKeys(by);
    }
}
