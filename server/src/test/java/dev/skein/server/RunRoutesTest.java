package dev.skein.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.event.Event;
import dev.skein.event.RunStatus;
import dev.skein.event.WorkflowEvent;
import dev.skein.http.Reply;
import dev.skein.json.Json;
import dev.skein.runtime.AgentSession.Delivery;
import dev.skein.tool.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the routes answer, over a real socket. */
@Timeout(60)
class RunRoutesTest {
    private static final String ID = "7k2m9q4c000000000000000000";
    private static final String OTHER = "7kzzzzzz000000000000000000";

    @TempDir private Path folder;
    private Listening server;
    private FakeRun run;

    record Nothing() {}

    record AddTask(String spec, int priority) {}

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = new Listening(folder);
        run = server.run(ID, "worker-pool");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static Json json(Reply reply) {
        return Json.parse(reply.body());
    }

    private static String code(Reply reply) {
        return json(reply).path("/failure/code").text();
    }

    private static String route(String rest) {
        return "/v1/runs/" + ID + rest;
    }

    @Test
    void liveRootsAreListed() throws Exception {
        server.run(OTHER, "audit");
        run.sessions.put("monitor", new FakeSession("monitor", Delivery.SEEN));
        var list = json(server.get("/v1/runs"));
        assertThat(list.get("total").asLong()).isEqualTo(2);
        var first = list.get("rows").at(0);
        assertThat(first.get("id").text()).isEqualTo(ID);
        assertThat(first.get("name").text()).isEqualTo("worker-pool");
        assertThat(first.get("status").text()).isEqualTo("working");
        assertThat(first.get("sessions").asLong()).isEqualTo(1);
        assertThat(first.path("/usage/cost").canonical())
                .isEqualTo("{\"usd\":0,\"atLeast\":false}");
    }

    @Test
    void aRunIsFoundByTheBeginningOfItsIdIfNoOtherBeginsSo() throws Exception {
        server.run(OTHER, "audit");
        assertThat(json(server.get("/v1/runs/7k2")).get("id").text()).isEqualTo(ID);
        assertThat(code(server.get("/v1/runs/7k"))).isEqualTo("conflict.ambiguous");
        assertThat(server.get("/v1/runs/7k").status()).isEqualTo(409);
        var missing = server.get("/v1/runs/zz9");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(code(missing)).isEqualTo("missing.run");
    }

    @Test
    void aParameterThatIsUnknownOrUnreadableIsNamed() throws Exception {
        for (var query : new String[] {"?x=1", "?after=-1", "?tree=yes", "?after=1&after=2"}) {
            var reply = server.get(route("/events" + query));
            assertThat(reply.status()).as(query).isEqualTo(400);
            assertThat(code(reply)).as(query).isEqualTo("invalid.query");
        }
    }

    @Test
    void theStatusGrowsWithTheJournal() throws Exception {
        assertThat(json(server.get(route("/status"))).path("/identity/name").text())
                .isEqualTo("worker-pool");
        run.append(new WorkflowEvent.EndpointExposed("tasks", "All tasks.", Json.object(), false));
        run.append(new WorkflowEvent.EndpointExposed("secret", "", Json.object(), true));
        var endpoints = json(server.get(route("/status"))).path("/surface/endpoints").items();
        assertThat(endpoints)
                .extracting(endpoint -> endpoint.get("name").text())
                .containsExactly("tasks");
    }

    @Test
    @Tag("WF-56")
    void entriesHaveTheJournalsNumbersAndTheTextsThatTheyReferTo() throws Exception {
        var ref = server.journal.keep(ID, "application/json", "{\"spec\":\"x\"}");
        run.append(new WorkflowEvent.EndpointCalled("c1", "add_task", ref, "external:cli"));
        var lines = server.get(route("/events?after=1&tree=true")).text().lines().toList();
        assertThat(lines).hasSize(1);
        var entry = Json.parse(lines.getFirst());
        assertThat(entry.get("seq").asLong()).isEqualTo(2);
        assertThat(entry.path("/arguments/text").text()).isEqualTo("{\"spec\":\"x\"}");
    }

    @Test
    void followingEndsWithTheRun() throws Exception {
        try (var stream = server.stream(route("/events?follow=true&after=1"))) {
            var lines = stream.lines();
            for (int i = 0; i < 3; i++) {
                run.append(new Event.Emitted("progress", Json.of(i)));
                assertThat(Json.parse(lines.next().orElseThrow()).get("data"))
                        .isEqualTo(Json.of(i));
            }
            run.end(RunStatus.COMPLETED);
            assertThat(lines.next().orElseThrow()).contains("\"type\":\"run_ended\"");
            assertThat(lines.next()).isEmpty();
        }
    }

    @Test
    void aMessageGoesToTheSessionWithThatEnd() throws Exception {
        var worker = new FakeSession("t0001/worker", Delivery.DELIVERED);
        run.sessions.put("t0001/worker", worker);
        run.sessions.put("t0001/monitor", new FakeSession("t0001/monitor", Delivery.SEEN));
        var message = Json.object("session", "worker", "text", "stop", "mode", "follow_up");
        var reply = json(server.post(route("/messages"), message));
        assertThat(reply.canonical())
                .isEqualTo(
                        "{\"messageId\":\"m1\",\"session\":\"t0001/worker\",\"delivery\":\"delivered\"}");
        assertThat(worker.sent()).containsExactly("FOLLOW_UP stop");
        assertThat(server.callers).containsExactly("test");
    }

    @Test
    @Tag("WF-28")
    void anEndThatSeveralPathsHaveIsAmbiguousAndAnUnknownOneIsMissing() throws Exception {
        run.sessions.put("t0001/worker", new FakeSession("t0001/worker", Delivery.SEEN));
        run.sessions.put("t0002/worker", new FakeSession("t0002/worker", Delivery.SEEN));
        var two = server.post(route("/messages"), Json.object("session", "worker", "text", "x"));
        assertThat(code(two)).isEqualTo("conflict.ambiguous");
        assertThat(two.text()).contains("t0001/worker", "t0002/worker");
        var none = server.post(route("/messages"), Json.object("session", "wrker", "text", "x"));
        assertThat(code(none)).isEqualTo("missing.session");
    }

    @Test
    void whatIsWaitedForAndDroppedIsToldSo() throws Exception {
        run.sessions.put("monitor", new FakeSession("monitor", Delivery.DROPPED));
        var message = Json.object("session", "monitor", "text", "x", "waitFor", "seen");
        assertThat(json(server.post(route("/messages"), message)).get("delivery").text())
                .isEqualTo("dropped");
    }

    @Test
    void aFieldThatIsUnknownOrMissingIsNamed() throws Exception {
        var unknown = server.post(route("/messages"), Json.object("sesion", "x"));
        assertThat(code(unknown)).isEqualTo("invalid.body");
        assertThat(unknown.text()).contains("/sesion");
        var missing = server.post(route("/messages"), Json.object("session", "x"));
        assertThat(missing.status()).isIn(400, 404);
    }

    @Test
    void anEndpointIsCalledWithItsArguments() throws Exception {
        run.expose(
                Tool.of("add_task", "Queue one.", AddTask.class, _ -> ""),
                arguments -> Json.of("got " + arguments.get("spec").text()));
        var listed = json(server.get(route("/endpoints"))).get("rows").at(0);
        assertThat(listed.path("/schema/properties/spec/type").text()).isEqualTo("string");
        var reply =
                server.post(route("/endpoints/add_task"), Json.object("spec", "x", "priority", 1));
        assertThat(json(reply).canonical()).isEqualTo("{\"value\":\"got x\"}");
        assertThat(server.callers).containsExactly("test");
    }

    @Test
    @Tag("WF-57")
    void anEndpointForTheProgramAloneIsNeitherShownNorCalled() throws Exception {
        var calls = new AtomicInteger();
        run.expose(
                Tool.of("inner", "Hidden.", Nothing.class, _ -> "").labels("internal"),
                _ -> Json.of(calls.incrementAndGet()));
        run.expose(Tool.of("tasks", "Shown.", Nothing.class, _ -> ""), _ -> Json.nothing());
        assertThat(json(server.get(route("/endpoints"))).get("total").asLong()).isEqualTo(1);
        for (var name : new String[] {"inner", "INNER", "innr"}) {
            var reply = server.post(route("/endpoints/" + name), Json.object());
            assertThat(reply.status()).isEqualTo(404);
            assertThat(json(reply).path("/failure/data/known").canonical())
                    .isEqualTo("[\"tasks\"]");
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    void aCancelWaitsForTheEndIfThatIsWanted() throws Exception {
        var reply = server.post(route("/cancel"), Json.object("reason", "wrong", "wait", true));
        assertThat(json(reply).get("status").text()).isEqualTo("canceled");
        assertThat(code(server.post(route("/cancel"), Json.object()))).isEqualTo("run.ended");
    }

    @Test
    void aCancelWithAPathIsForTheRunBelow() throws Exception {
        var child = new FakeRun(server.journal, OTHER, "worker-pool/t0001");
        run.children.put("t0001", child);
        server.post(route("/cancel"), Json.object("path", "t0001"));
        assertThat(child.status()).isEqualTo(RunStatus.CANCELED);
        assertThat(run.status()).isEqualTo(RunStatus.WORKING);
    }
}
