package dev.skein.checks;

import dev.skein.policy.Control;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import dev.skein.runtime.Workflow;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A plain program with a workflow, which leaves its end to the Java machine. Called with {@code
 * stubborn}, neither its workflow nor another shutdown hook of it ever leaves.
 */
final class StubbornProgram {
    static final String UP = "up";
    static final String CANCELED = "canceled";

    private StubbornProgram() {}

    private static @Nullable Void body(boolean stubborn) {
        say(UP);
        do awaitInterrupt();
        while (stubborn);
        return null;
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            say(CANCELED);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    public static void main(String[] arguments) throws InterruptedException {
        boolean stubborn = arguments[0].equals("stubborn");
        var patience = Duration.ofMinutes(10);
        Workflow<@Nullable Void, @Nullable Void> work =
                Workflow.named("work", (_, _) -> body(stubborn));
        var patient = work.with(work.options().withStopWithin(patience));
        if (stubborn)
            Runtime.getRuntime().addShutdownHook(new Thread(StubbornProgram::awaitInterrupt));
        AgentRuntime.open(
                        RuntimeConfig.defaults()
                                .withControl(Control.standard().withGrace(patience)))
                .spawn("work", patient, null);
        new CountDownLatch(1).await();
    }
}
