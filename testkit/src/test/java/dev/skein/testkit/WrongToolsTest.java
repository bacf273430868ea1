package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tool that breaks its contract is caught by the case whose name says what it breaks. */
class WrongToolsTest {
    @TempDir Path reports;

    @ParameterizedTest
    @CsvSource({
        "SwallowsErrors, whatTheCodeThrowsIsAnErrorWithItsMessage",
        "TellsStackTraces, whatTheCodeThrowsIsAnErrorWithItsMessage",
        "IgnoresInterrupts, cancelingTheRunInterruptsTheCode",
        "CutsResults, aTextIsTheResult",
        "MixesUpCalls, manyCallsAtOnceDoNotMix",
        "ForgetsWhatMayBeAbsent, whatMayBeAbsentMayBeAbsent",
        "TakesAnything, invalidArgumentsNeverReachTheCode",
        "TakesAnything, itIsDeclared",
        "ChangesItsDeclaration, itsDeclarationDoesNotChange",
        "LosesItsLabels, labelsAreAdded",
    })
    void isCaught(String wrong, String by) throws ClassNotFoundException {
        var suite = Class.forName(WrongTools.class.getName() + "$" + wrong);

        assertThat(Suites.run(suite, reports, by).failed()).containsOnlyKeys(by);
    }
}
