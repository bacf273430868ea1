package dev.skein.server;

import dev.skein.event.EventReader;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import dev.skein.runtime.RunHandle;
import dev.skein.view.RunPicture;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The routes that show live runs. */
record Seeing(Runs runs, Overviews overviews) {
    private static final Duration AT_A_TIME = Duration.ofMinutes(1);

    List<Route> routes() {
        return List.of(
                new Route("GET", "/v1/runs", this::list),
                new Route("GET", "/v1/runs/{id}", this::one),
                new Route("GET", "/v1/runs/{id}/status", this::status),
                new Route("GET", "/v1/runs/{id}/events", this::events));
    }

    private Reply list(Call call) {
        call.query().only();
        var rows = runs.roots().stream().map(run -> new RunJson(run).json()).toList();
        return Reply.of(Json.object("rows", rows, "total", rows.size()).with("next", null));
    }

    private Reply one(Call call) {
        call.query().only();
        return Reply.of(new RunJson(run(call)).json());
    }

    private Reply status(Call call) throws InterruptedException {
        call.query().only();
        return Reply.of(JsonType.of(RunPicture.class).encode(overviews.of(run(call))));
    }

    private Reply events(Call call) {
        var query = call.query().only("after", "tree", "follow");
        var run = run(call);
        long after = query.number("after");
        boolean tree = query.flag("tree");
        boolean follow = query.flag("follow");
        return new Reply.Lines(sink -> {
            try (var reader = run.treeEvents(after)) {
                new Copy(reader, tree ? "" : run.id(), follow).to(sink, line());
            }
        });
    }

    private EntryLine line() {
        return new EntryLine(runs.journal());
    }

    private RunHandle<?> run(Call call) {
        return new RunLookup(runs).run(call);
    }

    /**
     * What is copied to a client.
     *
     * @param only the run whose entries are wanted; empty for all
     * @param follow whether to wait for what happens later, until the run ends
     */
    private record Copy(EventReader reader, String only, boolean follow) {
        void to(Reply.Sink sink, EntryLine line) throws IOException, InterruptedException {
            boolean more = true;
            while (more) {
                var entry = reader.next(Duration.ZERO);
                if (entry.isEmpty() && follow && !reader.ended()) {
                    sink.flush();
                    entry = reader.next(AT_A_TIME);
                }
                if (entry.isPresent() && wanted(entry.get().origin().run()))
                    sink.line(line.json(entry.get()));
                more = entry.isPresent() || (follow && !reader.ended());
            }
        }

        private boolean wanted(String run) {
            return only.isEmpty() || only.equals(run);
        }
    }
}
