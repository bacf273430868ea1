package dev.skein.testkit;

import static dev.skein.testkit.ModelBench.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.skein.failure.SkeinException;
import dev.skein.model.ModelReply;
import dev.skein.policy.Reach;
import dev.skein.policy.TransportLimits;
import dev.skein.testkit.ChatModelContract.Trait;
import dev.skein.testkit.Fault.Point;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a model treats those who call it: one or many, interrupted or not, and their secrets. */
abstract class ModelCallerCases extends ModelNonsenseCases {
    private static final int CALLERS = 500;
    private static final int FEW_THREADS = 30;

    @Test
    void anInterruptEndsTheWaitForTheFirstByte() throws Exception {
        interrupted(true, new Point.BeforeHeaders());
    }

    @Test
    void anInterruptEndsAnAnswerUnderWay() throws Exception {
        interrupted(true, new Point.Bytes(100));
    }

    @Test
    void anInterruptEndsTheWaitOfAPlatformThread() throws Exception {
        interrupted(false, new Point.BeforeHeaders());
    }

    private void interrupted(boolean virtual, Point point) throws Exception {
        eachWay(bench -> {
            bench.wire().replies(TEXT);
            bench.next(new Fault.Stall(point, Fault.FOREVER));
            var caller = Caller.start(virtual, () -> bench.ask("go"));
            assertThat(Patience.until(() -> bench.asked() == 1)).as("asked").isTrue();
            caller.interrupt();
            assertThat(caller.ended()).as("ended after an interrupt").isTrue();
            assertThat(caller.thrown()).isInstanceOf(InterruptedException.class);
            assertThat(Patience.until(() -> bench.provider().ledger().open() == 0))
                    .as("the socket is closed")
                    .isTrue();
        });
    }

    @Test
    void anInterruptBeforeTheCallEndsIt() throws Exception {
        eachWay(bench -> {
            bench.wire().replies(TEXT);
            var caller =
                    Caller.start(
                            true,
                            () -> {
                                Thread.currentThread().interrupt();
                                return bench.ask("go");
                            });
            assertThat(caller.ended()).isTrue();
            assertThat(caller.thrown()).isInstanceOf(InterruptedException.class);
        });
    }

    @Test
    void afterAnInterruptTheNextAnswerIsItsOwn() throws Exception {
        eachWay(bench -> {
            bench.wire().script(seen -> Reply.text("to " + seen.lastText()));
            bench.next(new Fault.Stall(new Point.Bytes(40), Fault.FOREVER));
            var caller = Caller.start(true, () -> bench.ask("a"));
            assertThat(Patience.until(() -> bench.asked() == 1)).isTrue();
            caller.interrupt();
            assertThat(caller.ended()).isTrue();
            assertThat(bench.ask("b").text()).isEqualTo("to b");
        });
    }

    @Test
    void manyCallersGetTheirOwnAnswers() throws Exception {
        eachWay(bench -> {
            bench.wire().script(seen -> Reply.text("to " + seen.lastText()));
            var callers = new ArrayList<Caller<ModelBench.Answer>>();
            for (int i = 0; i < CALLERS; i++) {
                var name = "caller " + i;
                callers.add(Caller.start(true, () -> bench.ask(name)));
            }
            for (int i = 0; i < CALLERS; i++)
                assertThat(callers.get(i).result().text()).isEqualTo("to caller " + i);
        });
    }

    @Test
    void waitingCallersHoldNoPlatformThreads() throws Exception {
        eachWay(bench -> {
            bench.wire().every(1, new Fault.Stall(new Point.BeforeHeaders(), Fault.FOREVER));
            int before = platformThreads();
            var callers = new ArrayList<Caller<ModelBench.Answer>>();
            for (int i = 0; i < CALLERS; i++)
                callers.add(Caller.start(true, () -> bench.ask("go")));
            boolean all = Patience.until(() -> bench.asked() == CALLERS);
            int most = platformThreads();
            for (var caller : callers) caller.interrupt();
            for (var caller : callers) assertThat(caller.ended()).isTrue();
            assertThat(all).as("all asked at once").isTrue();
            assertThat(most - before).as("platform threads more").isLessThan(FEW_THREADS);
        });
    }

    private static int platformThreads() {
        return Thread.getAllStackTraces().size();
    }

    @Test
    void piecesAreHeardOnTheCallingThread() throws Exception {
        streamed(bench -> {
            bench.wire().replies(TEXT);
            Set<Thread> threads = new HashSet<>();
            bench.model().reply(call("go"), _ -> threads.add(Thread.currentThread()));
            assertThat(threads).containsExactly(Thread.currentThread());
        });
    }

    @Test
    void aListenerThatThrowsLeavesNothingBehind() throws Exception {
        streamed(bench -> {
            bench.wire().replies(TEXT, "Next.");
            var problem = new IllegalStateException("the listener is tired");
            var caller =
                    Caller.<ModelReply>start(
                            true,
                            () ->
                                    bench.model()
                                            .reply(
                                                    call("go"),
                                                    _ -> {
                                                        throw problem;
                                                    }));
            assertThat(caller.ended()).isTrue();
            assertThat(caller.thrown()).isIn(null, problem);
            assertThat(bench.ask("go").text()).isEqualTo("Next.");
            assertThat(bench.provider().ledger().open()).isLessThanOrEqualTo(1);
        });
    }

    @Test
    void connectionsAreUsedAgain() throws Exception {
        needs(Trait.KEPT_CONNECTIONS);
        eachWay(bench -> {
            bench.wire().script(_ -> Reply.text(TEXT));
            for (int i = 0; i < 20; i++) bench.ask("go");
            assertThat(bench.provider().seen())
                    .extracting(seen -> seen.envelope().connection())
                    .containsOnly(1L);
        });
    }

    @Test
    void makingAModelContactsNobody() throws Exception {
        eachWay(bench -> {
            assertThat(bench.model().info().id()).contains(ModelBench.NAME);
            assertThat(bench.model().info().contextTokens()).isPositive();
            assertThat(bench.model().info().provider()).isNotBlank();
            assertThat(bench.provider().ledger().mostOpen()).isZero();
        });
    }

    @Test
    void whatIsOutOfReachIsNotAsked() throws Exception {
        needs(Trait.LIMITS);
        eachWay(
                TransportLimits.defaults().withReach(Reach.NONE),
                bench -> {
                    assertThat(bench.failure().code()).isEqualTo("denied.network");
                    assertThat(bench.provider().ledger().mostOpen()).isZero();
                });
    }

    @Test
    void theKeyIsInNoText() throws Exception {
        needs(Trait.KEY);
        for (var fault : leaky())
            eachWay(bench -> {
                var key = bench.wire().key();
                bench.wire().replies(TEXT);
                bench.next(fault.of(key));
                var thrown = catchThrowable(() -> bench.ask("go"));
                var texts = bench.model() + "\n" + bench.model().info();
                if (thrown != null) texts += "\n" + everything(thrown);
                assertThat(Disguises.in(texts, key)).as(Story.cut(texts)).isEmpty();
            });
    }

    private interface Leaky {
        Fault of(String key);
    }

    private static List<Leaky> leaky() {
        return List.of(
                key -> Fault.status(401),
                key ->
                        new Fault.Status(
                                401,
                                Map.of("content-type", "application/json"),
                                "{\"error\":{\"message\":\"Incorrect API key provided: "
                                        + key
                                        + "\",\"type\":\"invalid_request_error\"}}"),
                key -> new Fault.Status(502, Map.of(), "<p>no route for " + key + "</p>"),
                key -> new Fault.Status(400, Map.of(), key),
                key -> Fault.redirect("http://127.0.0.1:9/?key=" + key),
                key -> new Fault.ErrorEvent(1, ""),
                key -> new Fault.CloseAfter(new Point.Bytes(50)));
    }

    /** What anybody could print of it. */
    private static String everything(Throwable thrown) {
        var text = new StringBuilder();
        for (var one = thrown; one != null; one = one.getCause()) {
            text.append(one).append('\n');
            for (var other : one.getSuppressed()) text.append(everything(other));
            if (one instanceof SkeinException ours)
                text.append(ours.failure())
                        .append(ours.failure().message())
                        .append(ours.failure().remedy())
                        .append('\n');
        }
        return text.toString();
    }
}
