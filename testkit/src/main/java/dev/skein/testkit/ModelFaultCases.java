package dev.skein.testkit;

import static dev.skein.testkit.ModelBench.offering;
import static dev.skein.testkit.ModelBench.tool;
import static dev.skein.testkit.ModelBench.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.failure.ModelFailure;
import dev.skein.failure.SkeinException;
import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import dev.skein.testkit.ChatModelContract.Trait;
import dev.skein.testkit.Fault.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Providers that refuse, are silent, or break off: each ends a call with its own code, at once. */
abstract class ModelFaultCases extends ModelOutputCases {
    private static final Duration SHORT = Duration.ofMillis(250);

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "400, model.bad_request",
        "401, model.auth",
        "402, model.quota",
        "403, model.auth",
        "404, model.bad_request",
        "408, model.overloaded",
        "413, model.bad_request",
        "422, model.bad_request",
        "429, model.rate_limited",
        "500, model.overloaded",
        "502, model.overloaded",
        "503, model.overloaded",
        "529, model.overloaded",
    })
    void aStatusHasItsCode(int status, String code) throws Exception {
        eachWay(bench -> {
            var failure = bench.next(Fault.status(status)).failure();
            assertThat(failure.code()).as(failure.message()).isEqualTo(code);
            assertThat(failure.remedy()).isNotEmpty();
        });
    }

    @Test
    void aUsedUpQuotaIsNotALimitOfTheRate() throws Exception {
        eachWay(bench -> {
            var failure = bench.next(new Fault.Quota()).failure();
            assertThat(failure.code()).isEqualTo("model.quota");
            assertThat(failure.retryable()).isFalse();
        });
    }

    @Test
    void anInputThatIsTooLongSaysSo() throws Exception {
        needs(Trait.OVERFLOW);
        eachWay(bench -> {
            bench.wire().contextTokens(1_500);
            var failure = bench.failure(ModelBench.call("goose ".repeat(2_000)));
            assertThat(failure.code()).as(failure.message()).isEqualTo("limit.context");
        });
    }

    @Test
    void anUnknownModelIsABadRequest() throws Exception {
        eachWay(bench -> {
            bench.provider().unknownModel(ModelBench.NAME);
            assertThat(bench.failure().code()).isEqualTo("model.bad_request");
        });
    }

    @Test
    void retryAfterInSecondsIsKept() throws Exception {
        delayed(Fault.rateLimited(Duration.ofSeconds(7)), 7_000, 7_000);
    }

    @Test
    void retryAfterInMillisecondsIsKept() throws Exception {
        delayed(Fault.rateLimitedMillis(Duration.ofMillis(700)), 700, 700);
    }

    @Test
    void retryAfterAsADateIsKept() throws Exception {
        delayed(
                Fault.rateLimited(Timekeeper.system().instant().plusSeconds(300)),
                200_000,
                301_000);
    }

    private void delayed(Fault fault, long leastMillis, long mostMillis) throws Exception {
        needs(Trait.RETRY_AFTER);
        eachWay(bench -> {
            var failure = bench.next(fault).failure();
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            ModelFailure.RateLimited.class,
                            limited ->
                                    assertThat(limited.delay())
                                            .isBetween(
                                                    Duration.ofMillis(leastMillis),
                                                    Duration.ofMillis(mostMillis)));
        });
    }

    @Test
    void aPageOfHtmlIsReadAsItsStatus() throws Exception {
        eachWay(bench ->
                assertThat(bench.next(Fault.page(502)).failure().code())
                        .isEqualTo("model.overloaded"));
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        eachWay(bench -> {
            var elsewhere = bench.wire().base() + "/elsewhere";
            assertThat(bench.next(Fault.redirect(elsewhere)).failure().code())
                    .isIn("model.bad_request", "model.bad_reply");
            assertThat(bench.asked()).isEqualTo(1);
        });
    }

    @Test
    void nobodyListeningIsUnreachable() throws Exception {
        eachWay(bench -> {
            bench.provider().close();
            assertThat(bench.failure().code()).isEqualTo("model.unreachable");
        });
    }

    @Test
    void aConnectionThatEndsBeforeTheAnswerIsBroken() throws Exception {
        eachWay(bench ->
                assertThat(
                                bench.next(new Fault.CloseAfter(new Point.BeforeHeaders()))
                                        .failure()
                                        .code())
                        .isIn("model.stream_broken", "model.unreachable"));
    }

    @Test
    void anAnswerThatBreaksOffIsBrokenWhereverThatIs() throws Exception {
        for (var point : points())
            eachWay(bench -> {
                bench.wire().replies(TEXT);
                var failure = bench.next(new Fault.CloseAfter(point)).failure();
                assertThat(failure.code()).as(point.toString()).isEqualTo("model.stream_broken");
                assertThat(failure.retryable()).isTrue();
            });
    }

    @Test
    void callsThatBreakOffAreBroken() throws Exception {
        needs(Trait.TOOLS);
        eachWay(bench -> {
            bench.wire().calls("look", "{\"text\":\"" + "a".repeat(300) + "\",\"count\":1}");
            bench.next(new Fault.CloseAfter(new Point.Events(2)));
            assertThat(bench.failure(offering(tool("look"))).code())
                    .isEqualTo("model.stream_broken");
        });
    }

    @Test
    void aStreamWithoutItsEndMarkIsBroken() throws Exception {
        streamed(bench -> {
            bench.wire().replies(TEXT);
            bench.next(new Fault.Mangle(Fault.Mangling.NO_END_MARK));
            assertThat(bench.failure().code()).isEqualTo("model.stream_broken");
        });
    }

    @Test
    void halfOfAnAnswerIsNone() throws Exception {
        whole(bench -> {
            bench.wire().replies(TEXT);
            bench.next(new Fault.Mangle(Fault.Mangling.NO_END_MARK));
            assertThat(bench.failure().code()).isIn("model.stream_broken", "model.bad_reply");
        });
    }

    @Test
    void anErrorInsideAStreamEndsIt() throws Exception {
        eachWay(bench -> {
            bench.wire().replies(TEXT);
            var failure = bench.next(new Fault.ErrorEvent(2, "")).failure();
            assertThat(failure.code())
                    .isIn("model.overloaded", "model.rate_limited", "model.stream_broken");
            assertThat(failure.retryable()).isTrue();
        });
    }

    @Test
    void aSilentProviderTimesOut() throws Exception {
        silent(new Point.BeforeHeaders());
    }

    @Test
    void anAnswerThatStopsTimesOut() throws Exception {
        needs(Trait.LIMITS);
        var waits = new ArrayList<Caller<Point>>();
        for (var point : points())
            waits.add(
                    Caller.start(
                            true,
                            () -> {
                                silent(point);
                                return point;
                            }));
        for (var wait : waits) assertThat(wait.result()).isNotNull();
    }

    private void silent(Point point) throws Exception {
        needs(Trait.LIMITS);
        var limits = TransportLimits.defaults().withFirstByte(SHORT).withIdle(SHORT);
        eachWayAtOnce(
                limits,
                bench -> {
                    bench.wire().replies(TEXT);
                    var failure = bench.next(new Fault.Stall(point, Fault.FOREVER)).failure();
                    assertThat(failure.code()).as(point.toString()).isEqualTo("model.timeout");
                });
    }

    @Test
    void theDeadlineEndsACallThatWaits() throws Exception {
        eachWayAtOnce(
                TransportLimits.defaults(),
                bench -> {
                    bench.next(new Fault.Stall(new Point.BeforeHeaders(), Fault.FOREVER));
                    assertThat(bench.failure(within(SHORT)).code()).isEqualTo("model.timeout");
                });
    }

    @Test
    void theDeadlineEndsACallThatTrickles() throws Exception {
        eachWayAtOnce(
                TransportLimits.defaults(),
                bench -> {
                    bench.wire().replies(TEXT);
                    bench.next(new Fault.Slow(20));
                    assertThat(bench.failure(within(SHORT)).code()).isEqualTo("model.timeout");
                });
    }

    @Test
    void aSlowAnswerWithinItsTimeIsWhole() throws Exception {
        eachWay(bench -> {
            bench.wire().replies("Slow.");
            bench.next(new Fault.Slow(20_000));
            assertThat(bench.ask("go").text()).isEqualTo("Slow.");
        });
    }

    @Test
    void anAnswerThatIsTooLargeIsRefused() throws Exception {
        needs(Trait.LIMITS);
        var sizes = TransportLimits.Sizes.defaults().withBody(1 << 20).withStream(1 << 20);
        eachWay(
                TransportLimits.defaults().withSizes(sizes),
                bench -> {
                    bench.next(new Fault.Huge(100_000_000));
                    assertThat(bench.failure().code()).isEqualTo("model.bad_reply");
                });
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.Mangling.class,
            names = {
                "CHARACTER_IN_TWO",
                "LF",
                "CRLF",
                "COMMENTS",
                "PINGS",
                "TINY_FRAGMENTS",
                "UNKNOWN_FIELDS",
                "TRAILERS",
                "UNTIL_CLOSE"
            })
    void anAnswerThatIsStrangeAndRightIsTaken(Fault.Mangling how) throws Exception {
        eachWay(bench -> {
            bench.wire().replies(TEXT);
            var answer = bench.next(new Fault.Mangle(how)).ask("go");
            assertThat(answer.text()).isEqualTo(TEXT);
            assertThat(answer.heardText()).isIn("", TEXT);
        });
    }

    @Test
    void aByteOrderMarkBeginsAStreamButNoJson() throws Exception {
        streamed(bench -> {
            bench.wire().replies(TEXT);
            bench.next(new Fault.Mangle(Fault.Mangling.BYTE_ORDER_MARK));
            assertThat(bench.ask("go").text()).isEqualTo(TEXT);
        });
        whole(bench -> {
            bench.wire().replies(TEXT);
            bench.next(new Fault.Mangle(Fault.Mangling.BYTE_ORDER_MARK));
            takenOr(bench, "model.bad_reply");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.Mangling.class,
            names = {"HUGE_HEADER", "WRONG_CONTENT_TYPE"})
    void anOddHeadIsTakenOrRefused(Fault.Mangling how) throws Exception {
        eachWay(bench -> {
            bench.wire().replies(TEXT);
            takenOr(bench.next(new Fault.Mangle(how)), "model.bad_reply", "model.stream_broken");
        });
    }

    /** Either the whole answer, or one of these failures: never half of it. */
    private static void takenOr(ModelBench bench, String... codes) throws Exception {
        try {
            assertThat(bench.ask("go").text()).isEqualTo(TEXT);
        } catch (SkeinException e) {
            assertThat(e.failure().code()).isIn(List.of(codes));
        }
    }

    @Test
    void aFailedCallIsNotTriedAgain() throws Exception {
        for (int status : List.of(400, 429, 503))
            eachWay(bench -> {
                bench.wire().replies(TEXT);
                bench.next(Fault.status(status)).failure();
                assertThat(bench.asked()).isEqualTo(1);
            });
    }

    @Test
    void aClosedKeptConnectionIsReplacedUnseen() throws Exception {
        needs(Trait.KEPT_CONNECTIONS);
        eachWay(bench -> {
            bench.wire().replies("One.", "Two.");
            assertThat(bench.ask("go").text()).isEqualTo("One.");
            bench.next(new Fault.CloseKept());
            assertThat(bench.ask("go").text()).isEqualTo("Two.");
        });
    }

    @Test
    void afterAFailureTheNextAnswerIsItsOwn() throws Exception {
        for (var point : points())
            eachWay(bench -> {
                bench.wire().replies(TEXT, "Next.");
                bench.next(new Fault.CloseAfter(point)).failure();
                assertThat(bench.ask("go").text()).isEqualTo(TEXT);
                assertThat(bench.ask("go").text()).isEqualTo("Next.");
            });
    }

    @Test
    void anAnswerThatNobodyAskedForIsNotTakenForTheNext() throws Exception {
        eachWay(bench -> {
            bench.wire().replies("One.", "Two.", "Three.");
            bench.next(new Fault.Mangle(Fault.Mangling.TWO_ANSWERS));
            assertThat(bench.ask("go").text()).isEqualTo("One.");
            assertThat(bench.ask("go").text()).isEqualTo("Two.");
            assertThat(bench.ask("go").text()).isEqualTo("Three.");
        });
    }

    private static List<Point> points() {
        return List.of(
                new Point.AfterHeaders(),
                new Point.Bytes(100),
                new Point.Events(2),
                new Point.InsideCharacter());
    }
}
