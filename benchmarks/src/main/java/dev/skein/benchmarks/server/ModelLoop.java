package dev.skein.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A model that thinks for a set time and costs next to nothing: one thread, one selector, replies
 * made beforehand. So it never is what a benchmark measures. All replies wait equally long, hence
 * those that are due stand in a queue.
 */
final class ModelLoop implements Runnable {
    private static final int BACKLOG = 16_384;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final Replies replies = new Replies();
    private final ArrayDeque<Due> due = new ArrayDeque<>();
    private final LongAdder asked = new LongAdder();
    private final AtomicInteger open = new AtomicInteger();
    private volatile long latency;

    @SuppressWarnings("ArrayRecordComponent") // written, never compared
    private record Due(long at, SelectionKey key, byte[] reply) {}

    /** Listens on a free port of the loopback. */
    ModelLoop() throws IOException {
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    /** How long it thinks before each answer from now on. */
    void latency(long nanos) {
        latency = nanos;
    }

    /** How often it was asked since this was called last. */
    long asked() {
        return asked.sumThenReset();
    }

    /** Connections that are open. */
    int open() {
        return open.get();
    }

    @Override
    public void run() {
        try {
            while (selector.isOpen()) {
                await();
                for (var key : selector.selectedKeys()) serve(key);
                selector.selectedKeys().clear();
                answerDue();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await() throws IOException {
        var next = due.peek();
        if (next == null) selector.select();
        else {
            long left = (next.at - System.nanoTime()) / NANOS_PER_MILLI;
            if (left > 0) selector.select(left);
            else selector.selectNow();
        }
    }

    private void answerDue() {
        long now = System.nanoTime();
        for (var next = due.peek(); next != null && next.at - now <= 0; next = due.peek()) {
            due.poll();
            write(next.key, next.reply);
        }
    }

    private void serve(SelectionKey key) throws IOException {
        if (key.isAcceptable()) accept();
        else if (key.isReadable()) read(key, (Inbox) key.attachment());
    }

    private void accept() throws IOException {
        for (var channel = listener.accept(); channel != null; channel = listener.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, new Inbox());
            open.incrementAndGet();
        }
    }

    private void read(SelectionKey key, Inbox inbox) {
        try {
            if (!inbox.read((SocketChannel) key.channel())) {
                close(key);
                return;
            }
        } catch (IOException e) {
            // The client reset its connection, which is its right.
            close(key);
            return;
        }
        if (!inbox.whole()) return;
        asked.increment();
        var reply = replies.to(inbox);
        inbox.clear();
        long nanos = latency;
        if (nanos == 0) write(key, reply);
        else due.add(new Due(System.nanoTime() + nanos, key, reply));
    }

    /** A reply is smaller than the buffer of a socket, so all of it is taken at once. */
    private void write(SelectionKey key, byte[] reply) {
        try {
            int written = ((SocketChannel) key.channel()).write(ByteBuffer.wrap(reply));
            if (written < reply.length) close(key);
        } catch (IOException e) {
            // The client went away while the model was thinking.
            close(key);
        }
    }

    private void close(SelectionKey key) {
        if (!key.channel().isOpen()) return;
        open.decrementAndGet();
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
