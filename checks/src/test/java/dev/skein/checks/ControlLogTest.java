package dev.skein.checks;

import static dev.skein.checks.Flows.scripted;
import static dev.skein.models.ScriptedModel.always;
import static dev.skein.models.ScriptedModel.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.home.Home;
import dev.skein.policy.Environment;
import dev.skein.runtime.AgentRuntime;
import dev.skein.runtime.Workflow;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is logged of those who are refused at the control socket. */
@Timeout(60)
class ControlLogTest {
    @TempDir private Path folder;

    /** What is logged as long as this is open. */
    private static final class Lines extends Handler implements AutoCloseable {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Logger logger = Logger.getLogger("dev.skein.server");

        Lines() {
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord entry) {
            lines.add(entry.getLevel() + " " + new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {
            // Every line is there at once.
        }

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }

    @Test
    @Tag("WF-80")
    void aPageOfABrowserIsRefusedAndItIsLogged() throws Exception {
        var environment = Environment.of(Map.of("SKEIN_HOME", folder.toString()));
        Workflow<@Nullable Void, @Nullable Void> waiting =
                Workflow.named(
                        "waiting",
                        (scope, _) -> {
                            scope.await();
                            return null;
                        });
        var config = scripted(always(text("ok"))).withEnvironment(environment);
        try (var log = new Lines();
                var runtime = AgentRuntime.open(config)) {
            runtime.spawn("waiting", waiting, null);
            var reply =
                    asked(
                            Home.open(environment),
                            "GET /v1/runs HTTP/1.1\r\nHost: x\r\nOrigin: http://evil.test\r\n\r\n");
            assertThat(reply).startsWith("HTTP/1.1 403 ").contains("denied.origin");
            assertThat(log.lines)
                    .contains(
                            "WARNING denied.origin: Origin 'http://evil.test' is not served here.");
        }
    }

    private static String asked(Home home, String request) throws IOException {
        var socket = home.runtimes().getFirst().card().socket();
        var address = UnixDomainSocketAddress.of(Objects.requireNonNull(socket));
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(address);
            Channels.newOutputStream(channel).write(request.getBytes(US_ASCII));
            return new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
        }
    }
}
