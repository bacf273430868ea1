package dev.skein.testkit;

import dev.skein.policy.Timekeeper;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What one test of {@link SkeinTest} stands on; made as it is asked for, taken down at the end. */
final class Stage {
    private static final String SEED = "skein.seed";

    private final SkeinTest asked;
    private final long seed;
    private final @Nullable Leaks leaks;
    private final AtomicReference<String> hung = new AtomicReference<>("");
    private @Nullable TestRuntime runtime;
    private @Nullable FakeProvider provider;

    private Stage(SkeinTest asked, long seed, @Nullable Leaks leaks) {
        this.asked = asked;
        this.seed = seed;
        this.leaks = leaks;
    }

    static Stage of(ExtensionContext context, SkeinTest asked) {
        boolean alone = context.getExecutionMode() == ExecutionMode.SAME_THREAD;
        return new Stage(asked, seed(context, asked), alone ? Leaks.before() : null);
    }

    private static long seed(ExtensionContext context, SkeinTest asked) {
        var given = context.getConfigurationParameter(SEED).orElse(asked.seed());
        return given.isEmpty() ? new SplittableRandom().nextLong() >>> 1 : Long.parseLong(given);
    }

    /** What a test does. */
    interface Act {
        void perform() throws Throwable;
    }

    TestRuntime runtime() {
        if (runtime == null)
            runtime =
                    new TestRuntime(
                            seed,
                            asked.network(),
                            () -> provider == null ? Map.of() : provider.environment());
        return runtime;
    }

    FakeProvider provider() {
        if (provider == null) provider = FakeProvider.start(0, seed);
        return provider;
    }

    /** Performs it, and interrupts it when it takes too long. */
    void perform(Act act) throws Throwable {
        var limit = Duration.ofSeconds(asked.hangSeconds());
        var watch = watch(Thread.currentThread(), limit);
        try {
            act.perform();
        } catch (InterruptedException e) {
            if (hung.get().isEmpty()) throw e;
            throw new AssertionError("Hung for " + limit.toSeconds() + " s" + hung.get(), e);
        } finally {
            watch.interrupt();
            watch.join();
        }
    }

    private Thread watch(Thread test, Duration limit) {
        return Thread.ofVirtual()
                .name("skein-hang-watch")
                .start(() -> {
                    try {
                        Timekeeper.system().pause(limit);
                        hung.set(where(test) + "\n" + state());
                        test.interrupt();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // the test was in time
                    }
                });
    }

    private static String where(Thread test) {
        var text = new StringBuilder(":");
        for (var frame : test.getStackTrace()) text.append("\n    at ").append(frame);
        return text.toString();
    }

    /** What is told of a test that failed. */
    String tale() {
        var text = new StringBuilder("Seed " + seed + ": run it again with -D" + SEED + "=" + seed);
        if (runtime != null) runtime.told().forEach(run -> text.append('\n').append(run.story()));
        return text.toString();
    }

    /** Takes everything down, and looks at what is left. */
    void end() throws InterruptedException {
        var open = runtime == null ? "" : stories(runtime);
        if (runtime != null) runtime.close();
        if (provider != null) provider.close();
        if (leaks != null) leaks.after();
        if (!open.isEmpty()) throw new AssertionError("Runs that go on:\n" + open);
    }

    private static String stories(TestRuntime runtime) {
        var stories = new StringBuilder();
        runtime.open().forEach(run -> stories.append(run.story()).append('\n'));
        return stories.toString();
    }

    private String state() {
        return runtime == null ? ThreadDump.now().toString() : runtime.state();
    }
}
