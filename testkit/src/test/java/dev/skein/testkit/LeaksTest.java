package dev.skein.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.skein.agent.ModelAgent;
import dev.skein.agent.Task;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.RuntimeConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(120)
class LeaksTest {
    private static final Duration MOMENT = Duration.ofMillis(500);

    @Test
    void whatEndsIsNoLeak() throws Exception {
        var leaks = Leaks.before();
        try (var runtime =
                AgentRuntime.open(RuntimeConfig.defaults().withModel(new Parrot().says("Yes.")))) {
            runtime.run(ModelAgent.of("goose"), Task.of("go"));
        }
        leaks.after();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void everythingThatIsLeftIsNamed() throws Exception {
        var release = new CountDownLatch(1);
        var leaks = Leaks.before();
        var file = Files.createTempFile("skein-left", ".txt");
        var process = new ProcessBuilder("sleep", "600").start();
        var waiting = Thread.ofVirtual().name("left-alone").start(() -> await(release));
        try (var server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var thrown = catchThrowable(leaks.patient(MOMENT)::after);

            assertThat(thrown)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll(
                            "4 left behind",
                            "virtual thread \"left-alone\"",
                            "LeaksTest.await",
                            "socket that listens on 127.0.0.1:" + server.getLocalPort(),
                            "process " + process.pid(),
                            "sleep 600",
                            "file " + file);
        } finally {
            Files.delete(file);
            process.destroyForcibly().waitFor();
            release.countDown();
            waiting.join();
        }
        leaks.after();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
