package dev.skein.cli;

import dev.skein.failure.SkeinException;
import dev.skein.home.FoundRuntime;
import dev.skein.home.Home;
import dev.skein.policy.Environment;
import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The runtimes of this user. Looking for them also cleans up after those that died. */
record Runtimes(Environment environment, Timekeeper time, Output output) {
    private static final Duration TO_ANSWER = Duration.ofMillis(500);

    /**
     * What was found.
     *
     * @param home empty if there is no folder of ours: then there was never a run
     * @param live the live root runs, oldest first
     * @param silent runtimes that live and do not answer
     */
    record Found(Optional<Home> home, List<LiveRun> live, List<FoundRuntime> silent) {}

    private sealed interface Answer {
        record Told(List<LiveRun> runs) implements Answer {}

        record Silence(FoundRuntime runtime) implements Answer {}
    }

    static Runtimes ofProcess(Output output) {
        return new Runtimes(Environment.ofProcess(), Timekeeper.system(), output);
    }

    /**
     * Asks all live runtimes at the same time, and meanwhile cleans up after the dead; blocks until
     * each has answered or had its time.
     */
    Found look() throws InterruptedException {
        var home = Home.find(environment);
        if (home.isEmpty()) return new Found(home, List.of(), List.of());
        var live = new ArrayList<LiveRun>();
        var silent = new ArrayList<FoundRuntime>();
        for (var answer : look(home.get())) {
            switch (answer) {
                case Answer.Told(var runs) -> live.addAll(runs);
                case Answer.Silence(var runtime) -> silent.add(runtime);
            }
        }
        live.sort((a, b) -> a.startedAt().compareTo(b.startedAt()));
        return new Found(home, List.copyOf(live), List.copyOf(silent));
    }

    private List<Answer> look(Home home) throws InterruptedException {
        var dead = new ArrayList<FoundRuntime>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<Answer>>();
            for (var runtime : home.runtimes())
                if (runtime.alive()) asked.add(threads.submit(() -> ask(runtime)));
                else dead.add(runtime);
            reap(home, dead);
            var answers = new ArrayList<Answer>();
            for (var answer : asked) answers.add(answer.get());
            return answers;
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking a runtime threw", e.getCause());
        }
    }

    private void reap(Home home, List<FoundRuntime> dead) throws InterruptedException {
        var gone = new ArrayList<String>();
        for (var runtime : dead) if (home.reap(runtime).gone()) gone.add(runtime.id());
        if (gone.isEmpty() || output.manner().quiet()) return;
        var what = gone.size() == 1 ? "1 dead runtime" : gone.size() + " dead runtimes";
        output.detail("note: removed " + what + " (" + String.join(", ", gone) + ")");
    }

    private Answer ask(FoundRuntime runtime) throws InterruptedException {
        try (var client = LiveRun.client(runtime, time)) {
            var rows = client.get("/v1/runs", TO_ANSWER).get("rows").items();
            return new Answer.Told(rows.stream().map(row -> new LiveRun(runtime, row)).toList());
        } catch (SkeinException silent) {
            // Whatever it is, this runtime cannot be asked now; the others can.
            return new Answer.Silence(runtime);
        }
    }
}
