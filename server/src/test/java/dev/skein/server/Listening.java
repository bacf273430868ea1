package dev.skein.server;

import dev.skein.event.Journal;
import dev.skein.http.Reply;
import dev.skein.http.ReplyStream;
import dev.skein.http.Request;
import dev.skein.http.Transport;
import dev.skein.http.TransportException;
import dev.skein.json.Json;
import dev.skein.policy.Timekeeper;
import dev.skein.policy.TransportLimits;
import dev.skein.runtime.RunHandle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/** A control socket over fake runs, and clients of it. */
final class Listening implements AutoCloseable {
    final Journal journal = Journal.inMemory(InstantSource.system());
    final List<RunHandle<?>> roots = new CopyOnWriteArrayList<>();
    final List<String> callers = new CopyOnWriteArrayList<>();
    private final Timekeeper time = Timekeeper.system();
    private final Path socket;
    private final ControlSocket control;
    private final Transport transport;

    Listening(Path folder) throws IOException {
        this(folder, Timekeeper.system());
    }

    Listening(Path folder, Timekeeper ofServer) throws IOException {
        socket = folder.resolve("control.sock");
        control = ControlSocket.open(socket, Presence.router(new Roots()), ofServer);
        transport = Transport.local(socket, TransportLimits.defaults(), time);
    }

    private final class Roots implements Runs {
        @Override
        public List<RunHandle<?>> roots() {
            return List.copyOf(roots);
        }

        @Override
        public Journal journal() {
            return journal;
        }

        @Override
        public <T> T external(String tag, Callable<T> work) throws Exception {
            callers.add(tag);
            return work.call();
        }
    }

    FakeRun run(String id, String name) throws InterruptedException {
        var run = new FakeRun(journal, id, name);
        roots.add(run);
        return run;
    }

    Path socket() {
        return socket;
    }

    Reply get(String target) throws TransportException, InterruptedException {
        return transport.send(Request.get(uri(target), Map.of()), soon());
    }

    Reply post(String target, Json body) throws TransportException, InterruptedException {
        var headers = Map.of("Content-Type", "application/json", "Skein-Caller", "test");
        return transport.send(Request.post(uri(target), headers, body.toBytes()), soon());
    }

    ReplyStream stream(String target) throws TransportException, InterruptedException {
        return transport.open(Request.get(uri(target), Map.of()), soon());
    }

    /** What comes back for those bytes, to the end of the connection. */
    String raw(String request) throws IOException {
        try (var channel = connect()) {
            out(channel).write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(in(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    SocketChannel connect() throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
    }

    static InputStream in(SocketChannel channel) {
        return Channels.newInputStream(channel);
    }

    static OutputStream out(SocketChannel channel) {
        return Channels.newOutputStream(channel);
    }

    void stop() throws IOException {
        control.close();
    }

    @Override
    public void close() throws IOException {
        transport.close();
        control.close();
        journal.close();
    }

    private static URI uri(String target) {
        return URI.create("http://localhost" + target);
    }

    private long soon() {
        return time.nanos() + Duration.ofMinutes(1).toNanos();
    }
}
