package dev.skein.testkit.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.policy.Timekeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A server of HTTP/1.1 on 127.0.0.1 with one thread for everything: it accepts, reads, asks the
 * handler, writes, and keeps pauses in a queue instead of sleeping. Bytes are read from all sockets
 * that have some before any request is answered, so that a client that hung up and asked again on
 * another connection is seen to do it in that order.
 */
public final class EventLoop implements AutoCloseable {
    static final Answer.Fate UNWATCHED =
            new Answer.Fate() {
                @Override
                public void delivered() {}

                @Override
                public void cut() {}
            };

    private final Selector selector;
    private final Listener listener;
    private final Handler handler;
    private final Timekeeper time = Timekeeper.system();
    private final Thread thread;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final List<Connection> fed = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private long dueNumber;
    private volatile boolean closing;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private long accepted;

    private EventLoop(String name, int port, Handler handler) throws IOException {
        this.handler = handler;
        selector = Selector.open();
        listener =
                new Listener(
                        selector, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        thread = Thread.ofPlatform().daemon().name(name + "-" + port()).unstarted(this::loop);
    }

    /**
     * Listens and serves until closed.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException if the port cannot be had
     */
    public static EventLoop start(String name, int port, Handler handler) {
        try {
            var loop = new EventLoop(name, port, handler);
            loop.thread.start();
            return loop;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Port " + port + " of 127.0.0.1 cannot be had: " + e.getMessage(), e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return listener.port();
    }

    /** Connections that are open now. */
    public int open() {
        return open.get();
    }

    /** The most connections that were ever open at once. */
    public int mostOpen() {
        return mostOpen.get();
    }

    /** The id of its thread. */
    public long threadId() {
        return thread.threadId();
    }

    /** Does this on the loop's thread, soon; what it throws is thrown by {@link #close}. */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /**
     * Stops listening and ends idle connections; whoever connects is refused. On the loop's thread
     * only.
     */
    public void down() {
        reporting(listener::down);
        for (var key : List.copyOf(selector.keys())) {
            if (key.attachment() instanceof Connection connection && connection.isIdle()) {
                connection.close(false);
            }
        }
    }

    /** Listens again, on the same port. On the loop's thread only. */
    public void up() {
        reporting(listener::up);
    }

    /**
     * Ends the thread and all connections, and waits until that has happened.
     *
     * @throws IllegalStateException if the loop had failed, with the cause
     */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        if (!Thread.currentThread().equals(thread)) {
            awaitEnd();
        }
        Throwable cause = failure.getAndSet(null);
        if (cause != null) {
            throw new IllegalStateException(
                    "The server on port " + port() + " failed: " + cause, cause);
        }
    }

    Answer answer(HttpRequest request) {
        try {
            return handler.answer(request);
        } catch (RuntimeException e) {
            report(e);
            byte[] text = ("The server's own fault: " + e).getBytes(UTF_8);
            byte[] head =
                    ("HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain\r\nContent-Length: "
                                    + text.length
                                    + "\r\n\r\n")
                            .getBytes(UTF_8);
            return new Answer(List.of(new Step.Bytes(head), new Step.Bytes(text)), UNWATCHED);
        }
    }

    void later(long nanos, Connection connection) {
        due.add(new Due(time.nanos() + nanos, dueNumber++, connection::resume));
    }

    void refuse(long nanos) {
        // Not at once: the selector's keys are being walked through.
        execute(() -> {
            down();
            due.add(new Due(time.nanos() + nanos, dueNumber++, this::up));
        });
    }

    void forget(SelectionKey key) {
        key.cancel();
        open.decrementAndGet();
    }

    void report(Throwable problem) {
        if (!failure.compareAndSet(null, problem)) {
            Throwable first = failure.get();
            if (first != null && !first.equals(problem)) {
                first.addSuppressed(problem);
            }
        }
    }

    private void loop() {
        try (selector;
                listener) {
            while (!closing) {
                await();
                accept();
                serve();
                runDue();
            }
            for (var key : List.copyOf(selector.keys())) {
                if (key.attachment() instanceof Connection connection) {
                    connection.close(false);
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            report(e);
        }
    }

    private void await() throws IOException {
        var first = due.peek();
        if (first == null) {
            selector.select();
            return;
        }
        long left = first.at - time.nanos();
        if (left <= 0) {
            selector.selectNow();
        } else {
            selector.select(Math.max(1, left / 1_000_000));
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = listener.accept();
                channel != null;
                channel = listener.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(new Connection(this, channel, key, ++accepted));
            mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        }
    }

    private void serve() {
        for (var key : selector.selectedKeys()) {
            if (!(key.attachment() instanceof Connection connection)) {
                continue;
            }
            if (key.isValid() && key.isReadable() && connection.read()) {
                fed.add(connection);
            }
            if (key.isValid() && key.isWritable()) {
                connection.resume();
            }
        }
        selector.selectedKeys().clear();
        fed.forEach(Connection::serve);
        fed.clear();
    }

    private void runDue() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        long now = time.nanos();
        for (var next = due.peek(); next != null && next.at - now <= 0; next = due.peek()) {
            due.poll();
            next.task.run();
        }
    }

    private void reporting(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            report(e);
        }
    }

    private void awaitEnd() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private record Due(long at, long number, Runnable task) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at
                    ? Long.compare(number, other.number)
                    : Long.compare(at - other.at, 0);
        }
    }
}
