package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model that breaks its contract is caught by the case whose name says what it breaks. */
class WrongModelsTest {
    @TempDir Path reports;

    @ParameterizedTest
    @CsvSource({
        "IgnoresInterrupts, anInterruptEndsTheWaitForTheFirstByte",
        "ReturnsCallsTwice, severalCallsKeepTheirOrder",
        "LosesUsage, usageIsWhatTheProviderCounted",
        "TakesHalfForWhole, aStreamWithoutItsEndMarkIsBroken",
        "TakesHalfForWhole, anAnswerThatBreaksOffIsBrokenWhereverThatIs",
        "TriesAgainByItself, aFailedCallIsNotTriedAgain",
        "TellsTheKey, theKeyIsInNoText",
        "LosesRetryAfter, retryAfterInSecondsIsKept",
        "TakesAPlatformThreadPerCall, waitingCallersHoldNoPlatformThreads",
        "SpeaksFromAnotherThread, piecesAreHeardOnTheCallingThread",
        "MixesUpCallers, manyCallersGetTheirOwnAnswers",
        "IgnoresItsLimits, whatIsOutOfReachIsNotAsked",
        "SaysStopWhateverTheWord, anAnswerThatWasCutOffSaysLength",
        "ClaimsToSendSchemas, theSchemaIsSent",
    })
    void isCaught(String wrong, String by) throws ClassNotFoundException {
        var suite = Class.forName(WrongModels.class.getName() + "$" + wrong);

        assertThat(Suites.run(suite, reports, by).failed()).containsOnlyKeys(by);
    }
}
