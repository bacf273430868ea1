package dev.skein.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.policy.Livelock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What counts as going round in circles. */
@Tag("CO-65")
class RepeatsTest {
    private static final Livelock LIMITS = Livelock.standard();

    private final Repeats repeats = new Repeats();
    private long entries;

    private Repeats.Call call(String tool, String arguments, String result) {
        return new Repeats.Call(++entries, tool, arguments, result, true);
    }

    private Repeats.Call look(String arguments, String result) {
        return new Repeats.Call(++entries, "look", arguments, result, false);
    }

    /** One call in each turn; how often something had followed itself in each, 0 for nothing. */
    private List<Integer> times(List<Repeats.Call> calls) {
        var times = new ArrayList<Integer>();
        for (var call : calls) {
            var found = repeats.turn(LIMITS, List.of(call));
            times.add(found == null ? 0 : found.times());
        }
        return times;
    }

    private Repeats.Found found(List<Repeats.Call> turn) {
        return Objects.requireNonNull(repeats.turn(LIMITS, turn));
    }

    private List<Repeats.Call> round(int times, String... tools) {
        var calls = new ArrayList<Repeats.Call>();
        for (int i = 0; i < times; i++)
            for (var tool : tools) calls.add(call(tool, "same", "result " + entries));
        return calls;
    }

    @Test
    void theThirdCallWithTheSameArgumentsAndResultIsOneTooMany() {
        assertThat(times(List.of(call("a", "x", "r"), call("a", "x", "r"), call("a", "x", "r"))))
                .containsExactly(0, 0, 3);
        assertThat(times(List.of(call("a", "x", "r"), call("a", "x", "r")))).containsExactly(4, 5);
    }

    @Test
    void otherArgumentsOrAnotherResultAreProgress() {
        assertThat(
                        times(
                                List.of(
                                        call("a", "x", "r"),
                                        call("a", "x", "r"),
                                        call("a", "y", "r"),
                                        call("a", "x", "r"),
                                        call("a", "x", "r"),
                                        call("a", "x", "s"),
                                        call("b", "x", "s"))))
                .containsOnly(0);
    }

    @Test
    void aCallWhoseResultChangesEachTimeIsNoRound() {
        assertThat(times(round(60, "next"))).containsOnly(0);
    }

    @Test
    void aRoundOfTwoToFourCallsIsFoundWhenItIsWholeTheThirdTime() {
        assertThat(times(round(4, "a", "b"))).containsExactly(0, 0, 0, 0, 0, 3, 0, 4);
        repeats.anew();
        assertThat(times(round(3, "a", "b", "c"))).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 3);
        repeats.anew();
        assertThat(times(round(3, "a", "a", "b", "b")))
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3);
        repeats.anew();
        assertThat(times(round(9, "a", "b", "c", "d", "e"))).containsOnly(0);
    }

    @Test
    void aRoundWithChangingArgumentsIsProgress() {
        var calls = new ArrayList<Repeats.Call>();
        for (int i = 0; i < 20; i++) {
            calls.add(call("a", "same", "r"));
            calls.add(call("b", "x" + i, "r"));
        }
        assertThat(times(calls)).containsOnly(0);
    }

    @Test
    void whatIsFoundSaysTheCallsAndTheirEntries() {
        var found = found(round(3, "a", "b"));
        assertThat(found.text())
                .isEqualTo(
                        "rounds of the same calls: 'a', 'b' (entries: a 1, b 2, a 3, b 4, a 5, b 6)");
    }

    @Test
    void theCallsOfOneTurnAreOneFindingAtMost() {
        var calls = new ArrayList<Repeats.Call>();
        for (int i = 0; i < 5; i++) calls.add(call("a", "x", "r"));
        var found = found(calls);
        assertThat(found.rung()).isZero();
        assertThat(found.times()).isEqualTo(5);
        var next = found(List.of(call("a", "x", "r")));
        assertThat(next.rung()).isEqualTo(1);
    }

    @Test
    void pollingIsLeftOut() {
        var limits = LIMITS.withPolling("wait");
        for (int i = 0; i < 50; i++)
            assertThat(repeats.turn(limits, List.of(call("wait", "x", "r")))).isNull();
        assertThat(repeats.turn(limits, List.of(call("a", "x", "r"), call("wait", "x", "r"))))
                .isNull();
        assertThat(repeats.turn(limits, List.of(call("wait", "x", "r"), call("a", "x", "r"))))
                .isNull();
        assertThat(repeats.turn(limits, List.of(call("a", "x", "r")))).isNotNull();
    }

    @Test
    void turnsThatBringNothingNewAreCounted() {
        assertThat(times(List.of(look("0", "empty")))).containsExactly(0);
        var calls = new ArrayList<Repeats.Call>();
        for (int i = 1; i <= 9; i++) calls.add(look("" + i, "empty"));
        assertThat(times(calls)).containsExactly(0, 0, 0, 0, 0, 0, 0, 8, 9);
    }

    @Test
    void aNewResultOrACallThatMayHaveChangedSomethingIsProgress() {
        var calls = new ArrayList<Repeats.Call>();
        for (int i = 0; i < 40; i++) {
            calls.add(look("" + i, "empty"));
            if (i % 7 == 0) calls.add(call("write", "w" + i, "done"));
            if (i % 7 == 3) calls.add(look("x" + i, "found " + i));
        }
        assertThat(times(calls)).containsOnly(0);
    }

    @Test
    void aCallInATurnWithoutToolsIsTheSameAgain() {
        var calls = new ArrayList<>(List.of(call("a", "x", "r"), call("a", "x", "r")));
        calls.add(call("a", "x", "missing.tool").notCarriedOut());
        assertThat(times(calls)).containsExactly(0, 0, 3);
    }

    @Test
    void theSameAnswerIsOneTooManyTheThirdTime() {
        assertThat(repeats.answered(LIMITS, "yes")).isNull();
        assertThat(repeats.answered(LIMITS, "no")).isNull();
        assertThat(repeats.answered(LIMITS, "no")).isNull();
        assertThat(repeats.answered(LIMITS, "no")).isNotNull();
    }

    @Test
    void theProgramMayHearTheSameAnswerAsOftenAsItAsks() {
        for (int i = 0; i < 20; i++) {
            repeats.told("Are you done?", false);
            assertThat(repeats.answered(LIMITS, "no")).isNull();
        }
    }

    @Test
    void agentsThatThankEachOtherForEverAreSeen() {
        var found = new ArrayList<Boolean>();
        for (int i = 0; i < 4; i++) {
            repeats.told("Thank you!", true);
            found.add(repeats.answered(LIMITS, "You are welcome.") != null);
        }
        assertThat(found).containsExactly(false, false, true, true);
    }

    @Test
    void whatAPeerSaysIsComparedWithoutTheFrameThatDiffersEachTime() {
        var said = "Thank you!\n[not the mark]\nReally.";
        var framed =
                "[0k3aah2m9xyz] Message from your peer 'b' (r/b).\n" + said + "\n[0k3aah2m9xyz]";
        assertThat(PeerTools.body(framed)).isEqualTo(said);
        assertThat(PeerTools.body(said)).isEqualTo(said);
    }

    @Test
    void aNewMessageBeginsEverythingAnewAndAnOldOneDoesNot() {
        repeats.told("go on", false);
        assertThat(times(List.of(call("a", "x", "r"), call("a", "x", "r")))).containsOnly(0);
        repeats.told("go on", false);
        assertThat(times(List.of(call("a", "x", "r")))).containsExactly(3);
        repeats.told("now the other one", false);
        assertThat(times(List.of(call("a", "x", "r"), call("a", "x", "r")))).containsOnly(0);
        var again = found(List.of(call("a", "x", "r")));
        assertThat(again.rung()).isZero();
    }

    @Test
    void whatWasFoundLongAgoDoesNotCountAnyMore() {
        assertThat(times(round(3, "a", "b")).getLast()).isEqualTo(3);
        var calls = new ArrayList<Repeats.Call>();
        for (int i = 0; i < 65; i++) calls.add(call("c", "x" + i, "r"));
        assertThat(times(calls)).containsOnly(0);
        var again = found(round(3, "a", "b"));
        assertThat(again.rung()).isZero();
    }

    @Test
    void theSameEntriesLeadToTheSameFindings() {
        long seed = RandomGenerator.getDefault().nextLong();
        System.out.println("RepeatsTest seed " + seed);
        var random = new Random(seed);
        var other = new Repeats();
        int findings = 0;
        for (int i = 0; i < 5_000; i++) {
            var turn = new ArrayList<Repeats.Call>();
            for (int call = random.nextInt(1, 4); call > 0; call--)
                turn.add(call("t" + random.nextInt(2), "x", "r" + random.nextInt(2)));
            var found = repeats.turn(LIMITS, turn);
            assertThat(other.turn(LIMITS, turn)).isEqualTo(found);
            if (found != null) findings++;
        }
        assertThat(findings).isPositive();
    }
}
