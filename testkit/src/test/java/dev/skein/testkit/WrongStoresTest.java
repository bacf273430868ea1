package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that breaks its contract is caught by the case whose name says what it breaks. */
class WrongStoresTest {
    @TempDir Path reports;

    @ParameterizedTest
    @CsvSource({
        "BelievesEveryVersion, aLateWriterIsToldAndChangesNothing",
        "BelievesEveryVersion, aVersionThatIsNotThereYetIsRefused",
        "BelievesEveryVersion, ofRacingWritersOneWinsEachVersion",
        "DropsWhatIsLate, aLateWriterIsToldAndChangesNothing",
        "IgnoresCase, oddNamesStayApart",
        "TakesAPrefixOfTheText, aPrefixEndsAtASegment",
        "TakesAPrefixOfTheText, listsOfRandomNamesAreThoseOfASortedSet",
        "RepeatsTheLastOfAPage, pagesFollowOneAnother",
        "ForgetsSignatures, everyKindOfMessageComesBack",
        "ForgetsSignatures, randomMessagesComeBack",
        "KeepsMilliseconds, momentsAreKeptToTheNanosecond",
        "RoundsNumbers, numbersKeepTheirDigitsAndObjectsTheirOrder",
        "KeepsAThousand, tenThousandMessagesAreKeptInTheirOrder",
        "ForgetsMetadata, metadataIsSetKeyByKey",
        "ForgetsMetadata, moreThanSixtyFourKeysOfMetadataAreRefused",
        "RemembersTheDeleted, whatIsDeletedIsGoneAndCanBeginAnew",
        "RemembersTheDeleted, whatIsDeletedIsNotListed",
        "ClosesOnce, useAfterCloseIsUnavailable",
        "StaysOpen, useAfterCloseIsUnavailable",
        "GivesUpWhenInterrupted, anInterruptedThreadCanStillReadAndWrite",
        "ShowsHalfAChange, aReaderSeesWholeChangesOnly",
        "TakesDamageForAbsence, damageIsAnErrorAndNeverAbsence",
        "BeginsAnewEachTime, whatWasStoredIsThereWhenItIsOpenedAgain",
        "BeginsAnewEachTime, itGoesOnWithoutLoading",
        "BeginsAnewEachTime, whatWasReplacedOrDeletedStaysSo",
        "BeginsAnewEachTime, storesOfOnePlaceSeeEachOther",
        "LooksOnlyOnce, changesComeBackInTheirOrder",
        "LooksOnlyOnce, storesOfOnePlaceSeeEachOther",
    })
    void isCaught(String wrong, String by) throws ClassNotFoundException {
        var suite = Class.forName(WrongStores.class.getName() + "$" + wrong);

        assertThat(Suites.run(suite, reports, by).failed()).containsOnlyKeys(by);
    }
}
