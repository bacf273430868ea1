package dev.skein.view;

import static dev.skein.event.SessionState.ENDED;
import static dev.skein.event.SessionState.IDLE;
import static dev.skein.event.SessionState.WAITING;
import static dev.skein.event.SessionState.WORKING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.event.Cursor;
import dev.skein.event.Event;
import dev.skein.event.GuardEvent;
import dev.skein.event.ModelEvent;
import dev.skein.event.RunStatus;
import dev.skein.event.SessionEvent;
import dev.skein.event.ToolEvent;
import dev.skein.event.WorkflowEvent;
import dev.skein.failure.HarnessFailure;
import dev.skein.failure.RunFailure;
import dev.skein.json.Decoded;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.model.Cost;
import dev.skein.model.Finish;
import dev.skein.model.Money;
import dev.skein.model.Usage;
import dev.skein.tool.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RunOverviewTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:14:07Z");

    private final Story story = new Story(() -> NOW);
    private final Story.Run root = story.root(Story.ROOT, "pool");

    @AfterEach
    void close() {
        story.close();
    }

    private RunPicture picture() {
        var overview = new RunOverview(story.journal::content);
        try (var reader = story.journal.read(new Cursor.OfTree(Story.ROOT, 0))) {
            for (var next = reader.next(Duration.ZERO);
                    next.isPresent();
                    next = reader.next(Duration.ZERO)) overview.see(next.get());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return overview.picture().orElseThrow();
    }

    private void connect(Story.Run by, String from, String to) {
        story.tell(by, new WorkflowEvent.Connected(from, to));
    }

    @Test
    void theRootIsShownFromItsFirstEntryToItsLast() {
        var working = picture();
        assertThat(working.identity())
                .isEqualTo(new RunPicture.Identity(Story.ROOT, "pool", "pool", "pool", true));
        assertThat(working.progress().words()).isEqualTo("working");
        assertThat(working.progress().started()).isEqualTo(NOW);
        story.completed(root, "42");
        var ended = picture();
        assertThat(ended.progress().words()).isEqualTo("completed");
        assertThat(ended.progress().ended()).isEqualTo(NOW);
    }

    @Test
    void aRunThatFailedSaysItsCode() {
        story.failed(root, new RunFailure.GaveUp("too hard"));
        assertThat(picture().progress().words()).isEqualTo("failed: run.gave_up");
        assertThat(picture().asLost().progress().words()).isEqualTo("failed: run.gave_up");
    }

    @Test
    void childrenAreShownBelowTheirParents() {
        var child = story.child(root, "c1", "t0001");
        story.child(child, "c2", "work");
        var shown = picture().find("pool/t0001").orElseThrow();
        assertThat(shown.identity().name()).isEqualTo("t0001");
        assertThat(shown.identity().target()).isEqualTo("run-task");
        assertThat(shown.children())
                .extracting(run -> run.identity().path())
                .containsExactly("pool/t0001/work");
    }

    @Test
    void aChildThatIsStartedAgainShowsItsAttemptAndWhyTheLastOneEnded() {
        var failure = new HarnessFailure.Exited("worker", "signal 9");
        story.failed(story.child(root, "c1", "t0001"), failure);
        story.tell(root, new WorkflowEvent.ChildRestarted("t0001", 2, Duration.ZERO, failure));
        story.started(new Story.Run("c2", root, "run-task", "pool/t0001"), "workflow", 2);
        assertThat(picture().children())
                .singleElement()
                .satisfies(child -> {
                    assertThat(child.identity().id()).isEqualTo("c2");
                    assertThat(child.progress().attempt()).isEqualTo(2);
                    assertThat(child.progress().failure()).isEqualTo(failure);
                    assertThat(child.progress().words()).isEqualTo("working");
                });
    }

    @Test
    void twoLiveChildrenMayHaveOnePath() {
        story.started(new Story.Run("a", root, "researcher", "pool/researcher"), "local", 1);
        story.started(new Story.Run("b", root, "researcher", "pool/researcher"), "local", 1);
        assertThat(picture().children())
                .extracting(run -> run.identity().id())
                .containsExactly("a", "b");
    }

    @Test
    void theTurnsOfALiveSessionAreNotChildren() {
        var session = story.session(root, "worker");
        story.change(root, session, IDLE, WORKING);
        var turn = story.turn(root, "t1", session);
        story.tell(
                turn,
                new ToolEvent.ToolCalled(
                        "c1",
                        "submit",
                        story.text(turn, "application/json", "{\"code\":1}"),
                        Effect.WRITE,
                        "model"));
        // What the agent delegates is a run of its own, and belongs to who opened the session.
        story.started(new Story.Run("d1", turn, "helper", session + "/helper"), "local", 1);
        var shown = picture();
        assertThat(shown.children())
                .extracting(run -> run.identity().path())
                .containsExactly("pool/worker/helper");
        assertThat(shown.sessions())
                .containsExactly(
                        new RunPicture.Session(
                                "pool/worker", "worker", "agent-worker", WORKING, 1, 0, null));
        assertThat(shown.events())
                .anySatisfy(event -> {
                    assertThat(event.type()).isEqualTo("tool_called");
                    assertThat(event.text()).isEqualTo("submit {\"code\":1}");
                });
    }

    @Test
    void messagesWaitUntilTheyAreSeenOrDropped() {
        var session = story.session(root, "worker");
        for (var id : List.of("m1", "m2", "m3"))
            story.append(
                    root.at(session),
                    new SessionEvent.MessageSent(
                            id, "run:pool", "steer", story.text(root, "text/plain", "Go on.")));
        assertThat(picture().sessions().getFirst().waiting()).isEqualTo(3);
        story.append(root.at(session), new SessionEvent.MessageSeen("m2"));
        story.append(root.at(session), new SessionEvent.MessageDropped("m3", "it ended"));
        assertThat(picture().sessions().getFirst().waiting()).isEqualTo(1);
    }

    @Test
    @Tag("WF-26")
    void aSessionThatHasThePathOfOneBeforeTakesItsPlace() {
        var session = story.session(root, "worker");
        story.change(root, session, IDLE, ENDED);
        story.session(root, "worker", 2);
        assertThat(picture().sessions())
                .singleElement()
                .satisfies(shown -> {
                    assertThat(shown.incarnation()).isEqualTo(2);
                    assertThat(shown.state()).isEqualTo(IDLE);
                });
    }

    @Test
    @Tag("WF-47")
    void aConnectionIsGoneWhenEitherEndIs() {
        var child = story.child(root, "c1", "t0001");
        var mine = story.session(root, "monitor");
        var below = story.session(child, "worker");
        connect(root, mine, below);
        connect(root, below, mine);
        assertThat(picture().surface().connections()).hasSize(2);
        story.tell(root, new WorkflowEvent.Disconnected(mine, below));
        assertThat(picture().surface().connections())
                .containsExactly(new RunPicture.Connection(below, mine));
        story.change(child, below, IDLE, ENDED);
        assertThat(picture().surface().connections()).isEmpty();
    }

    @Test
    void endpointsAreShownWithTheirSignaturesUntilTheyAreWithdrawn() {
        var schema = Json.parse("{\"properties\":{\"spec\":{\"type\":\"string\"}}}");
        story.tell(root, new WorkflowEvent.EndpointExposed("add", "Queue.", schema, false));
        story.exposed(root, "gone");
        story.tell(root, new WorkflowEvent.EndpointWithdrawn("gone"));
        assertThat(picture().surface().endpoints())
                .containsExactly(
                        new RunPicture.Endpoint(
                                "add", "add(spec?: string)", "Queue.", schema, false));
    }

    @Test
    void theLastTenCallsOfEndpointsAreShownWithTheirEnds() {
        for (int i = 1; i <= 12; i++) {
            var arguments = story.text(root, "application/json", "{\"n\":" + i + "}");
            var call = "c" + i;
            story.tell(
                    root, new WorkflowEvent.EndpointCalled(call, "add", arguments, "external:cli"));
            if (i == 12) break;
            var failure = i == 11 ? new RunFailure.GaveUp("no") : null;
            story.tell(
                    root,
                    new WorkflowEvent.EndpointReturned(
                            call, "add", Duration.ofMillis(i), null, failure));
        }
        var calls = picture().surface().calls();
        assertThat(calls).hasSize(10);
        assertThat(calls.getFirst().arguments()).isEqualTo("{\"n\":3}");
        assertThat(calls.getFirst().took()).isEqualTo(Duration.ofMillis(3));
        assertThat(calls.get(8).failure()).isEqualTo(new RunFailure.GaveUp("no"));
        assertThat(calls.getLast().took()).isNull();
    }

    @Test
    void theLastTwentyEventsOfTheTreeAreShown() {
        var child = story.child(root, "c1", "t0001");
        for (int i = 1; i <= 30; i++)
            story.tell(
                    i % 2 == 0 ? root : child,
                    new Event.Emitted("progress", Json.object("done", i)));
        var shown = picture();
        assertThat(shown.events()).hasSize(20);
        assertThat(shown.events().getLast().text()).isEqualTo("progress {\"done\":30}");
        assertThat(shown.events().getLast().type()).isEqualTo("emitted");
        assertThat(shown.children().getFirst().events())
                .extracting(RunPicture.Happening::path)
                .containsOnly("pool/t0001");
    }

    @Test
    @Tag("WF-76")
    void aRunWaitsForInputWhenASessionDoesAndNothingElseMoves() {
        var session = story.session(root, "worker");
        var other = story.session(root, "other");
        story.change(root, session, IDLE, WAITING);
        assertThat(picture().progress().status()).isEqualTo(RunStatus.INPUT_REQUIRED);
        story.change(root, other, IDLE, WORKING);
        assertThat(picture().progress().status()).isEqualTo(RunStatus.WORKING);
        story.change(root, other, WORKING, IDLE);
        assertThat(picture().progress().status()).isEqualTo(RunStatus.INPUT_REQUIRED);
        story.change(root, session, WAITING, WORKING);
        assertThat(picture().progress().status()).isEqualTo(RunStatus.WORKING);
    }

    @Test
    @Tag("WF-76")
    void waitingForInputIsSeenFromAbove() {
        var child = story.child(root, "c1", "t0001");
        var session = story.session(child, "worker");
        story.change(child, session, IDLE, WAITING);
        assertThat(picture().progress().status()).isEqualTo(RunStatus.INPUT_REQUIRED);
        var busy = story.child(root, "c2", "t0002");
        assertThat(picture().progress().status()).isEqualTo(RunStatus.WORKING);
        story.completed(busy, "1");
        assertThat(picture().progress().status()).isEqualTo(RunStatus.INPUT_REQUIRED);
    }

    @Test
    @Tag("WF-76")
    void approvalsWaitUntilTheyAreAnsweredOrTheirRunIsOver() {
        var agent = story.started(new Story.Run("a", root, "clerk", "pool/clerk"), "local", 1);
        var arguments = story.text(agent, "application/json", "{\"to\":\"bob\"}");
        for (var id : List.of("a1", "a2"))
            story.tell(
                    agent,
                    new GuardEvent.ApprovalAsked(id, "c", "pay", arguments, List.of("policy")));
        var clerk = picture().find("pool/clerk").orElseThrow();
        assertThat(clerk.surface().approvals()).hasSize(2);
        assertThat(clerk.surface().approvals().getFirst().arguments())
                .isEqualTo("{\"to\":\"bob\"}");
        assertThat(picture().progress().status()).isEqualTo(RunStatus.INPUT_REQUIRED);
        story.tell(agent, new GuardEvent.ApprovalAnswered("a1", "ann", true, ""));
        assertThat(picture().find("pool/clerk").orElseThrow().surface().approvals()).hasSize(1);
        story.completed(agent, "1");
        assertThat(picture().find("pool/clerk").orElseThrow().surface().approvals()).isEmpty();
        assertThat(picture().progress().status()).isEqualTo(RunStatus.WORKING);
    }

    @Test
    void whatIsSpentAddsUpToTheRoot() {
        var child = story.child(root, "c1", "t0001");
        var session = story.session(child, "worker");
        var turn = story.turn(child, "t1", session);
        var cost = new Cost.Known(new Money(410_000_000, "USD"));
        for (int i = 0; i < 2; i++)
            story.tell(
                    turn,
                    new ModelEvent.ModelAnswered(
                            "m" + i,
                            story.text(turn, "application/json", "{}"),
                            Usage.of(100, 11).withCost(cost),
                            Finish.STOP,
                            Duration.ZERO));
        assertThat(picture().spent().total()).isEqualTo(222);
        assertThat(StatusPage.spend(picture().spent())).isEqualTo("$0.82, 222 tokens");
        assertThat(picture().children().getFirst().spent().calls()).isEqualTo(2);
    }

    @Test
    void ofManyThatEndedTheNewestAreKept() {
        for (int i = 0; i < 250; i++) {
            story.completed(story.child(root, "c" + i, "t" + i), "1");
            story.change(root, story.session(root, "s" + i), IDLE, ENDED);
        }
        var live = story.child(root, "live", "live");
        var shown = picture();
        assertThat(shown.children()).hasSize(101);
        assertThat(shown.children().getFirst().identity().id()).isEqualTo("c150");
        assertThat(shown.children().getLast().identity().id()).isEqualTo(live.id());
        assertThat(shown.sessions()).hasSize(100);
        assertThat(shown.sessions().getFirst().name()).isEqualTo("s150");
    }

    @Test
    void entriesOfOtherRootsArePassedOver() {
        var overview = new RunOverview(story.journal::content);
        overview.see(story.exposed(root, "mine"));
        overview.see(story.exposed(new Story.Run("other", null, "x", "x"), "theirs"));
        assertThat(overview.picture().orElseThrow().surface().endpoints()).hasSize(1);
    }

    @Test
    void thePictureCrossesAWireUnchanged() {
        var session = story.session(root, "worker");
        connect(root, session, session);
        story.exposed(root, "add");
        story.failed(story.child(root, "c1", "t0001"), new RunFailure.GaveUp("no"));
        story.tell(root, new Event.Emitted("progress", Json.nothing()));
        var shown = picture();
        var type = JsonType.of(RunPicture.class);
        var text = type.encode(shown).canonical();
        assertThat(type.decode(Json.parse(text)))
                .isInstanceOfSatisfying(
                        Decoded.Ok.class, ok -> assertThat(ok.value()).isEqualTo(shown));
    }
}
