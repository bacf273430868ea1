package dev.skein.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server on this computer that answers with exactly the bytes that a test gives it. */
final class WireServer implements AutoCloseable {

    /** Answers one request. */
    interface Handler {
        void handle(Visit visit) throws IOException, InterruptedException;
    }

    /** One request: the how-manieth connection, its how-manieth request, and what was sent. */
    @SuppressWarnings("ArrayRecordComponent") // visits are looked at, not compared
    record Visit(int connection, int request, String head, byte[] body, Socket socket) {

        /** Sends text as it is. */
        void send(String raw) throws IOException {
            send(raw.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] raw) throws IOException {
            socket.getOutputStream().write(raw);
            socket.getOutputStream().flush();
        }

        void close() throws IOException {
            socket.close();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Waits until the client has closed the connection. */
        void awaitEnd() throws IOException {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    private final ServerSocket listener;
    private final Handler handler;
    private final Thread acceptor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Socket> open = new HashSet<>();
    private final Set<Thread> threads = new HashSet<>();
    private final List<Visit> visits = new CopyOnWriteArrayList<>();
    private int accepted;

    private WireServer(ServerSocket listener, Handler handler) {
        this.listener = listener;
        this.handler = handler;
        this.acceptor = run(this::accept);
    }

    static WireServer start(Handler handler) throws IOException {
        return start(new ServerSocket(0, 1024, InetAddress.ofLiteral("127.0.0.1")), handler);
    }

    static WireServer start(ServerSocket listener, Handler handler) {
        return new WireServer(listener, handler);
    }

    /** Answers everything with that text. */
    static WireServer answering(String body) throws IOException {
        return start(visit -> visit.send(ok(body)));
    }

    static String ok(String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + body;
    }

    static String chunk(String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return Integer.toHexString(length) + "\r\n" + text + "\r\n";
    }

    static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    int port() {
        return listener.getLocalPort();
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    List<Visit> visits() {
        return visits;
    }

    /** Connections that have been accepted so far. */
    int accepted() {
        lock.lock();
        try {
            return accepted;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until that many connections are open. */
    void awaitOpen(int count) throws InterruptedException {
        lock.lock();
        try {
            while (open.size() != count) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until that many requests have come in all. */
    void awaitVisits(int count) throws InterruptedException {
        lock.lock();
        try {
            while (visits.size() < count) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes every connection from this side, and goes on listening. */
    void hangUp() throws IOException, InterruptedException {
        for (var socket : List.copyOf(locked(() -> open))) {
            socket.close();
        }
        awaitOpen(0);
    }

    private @Nullable Void accept() throws IOException {
        while (true) {
            var socket = listener.accept();
            socket.setTcpNoDelay(true);
            int number = locked(() -> accepted++);
            locked(() -> open.add(socket));
            run(() -> serve(socket, number));
        }
    }

    private @Nullable Void serve(Socket socket, int connection)
            throws IOException, InterruptedException {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            int request = 0;
            for (var head = head(in); !head.isEmpty(); head = head(in)) {
                var body = in.readNBytes(length(head));
                var visit = new Visit(connection, request++, head, body, socket);
                locked(() -> visits.add(visit));
                handler.handle(visit);
            }
            return null;
        } finally {
            locked(() -> open.remove(socket));
        }
    }

    /** A request's head with its empty line; empty text at the end of the connection. */
    static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int letter = in.read();
            if (letter < 0) {
                return "";
            }
            head.append((char) letter);
        }
        return head.toString();
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length: "))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElse(0);
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            var result = action.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    // What a connection ends with is the client's doing and belongs to the test; the task keeps it.
    private Thread run(Callable<@Nullable Void> work) {
        var thread = Thread.ofVirtual().unstarted(new FutureTask<>(work));
        locked(() -> threads.add(thread));
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        try {
            acceptor.join();
            for (var socket : List.copyOf(locked(() -> open))) {
                socket.close();
            }
            for (var thread : List.copyOf(locked(() -> threads))) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
