package dev.skein.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/**
 * The addresses of a host. The platform's look-up can be neither interrupted nor given a time, so
 * it has a thread of its own, which ends when the platform lets it. Hosts that are written as
 * addresses and {@code localhost} are not looked up.
 */
final class Lookup {
    private final FutureTask<List<InetAddress>> task;
    private final Thread asker = Thread.currentThread();

    private Lookup(String host) {
        task = new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
    }

    /** At least one address; blocks until a time at most. */
    static List<InetAddress> of(String host, Parking parking, long due)
            throws IOException, InterruptedException {
        if (host.equals("localhost")) {
            return List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
        }
        if (host.indexOf(':') >= 0 || host.matches("[0-9.]+")) {
            return List.of(literal(host));
        }
        return new Lookup(host).ask(parking, due);
    }

    private static InetAddress literal(String host) throws UnknownHostException {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            throw new UnknownHostException(e.getMessage());
        }
    }

    private List<InetAddress> ask(Parking parking, long due)
            throws IOException, InterruptedException {
        Thread.ofVirtual().name("skein-lookup").start(this::answer);
        while (!task.isDone()) {
            if (!parking.park(due) && !task.isDone()) {
                throw new SocketTimeoutException("its name was not found in time");
            }
        }
        return switch (task.state()) {
            case SUCCESS -> task.resultNow();
            case FAILED, CANCELLED, RUNNING ->
                    throw new UnknownHostException("its name is not known");
        };
    }

    private void answer() {
        task.run();
        LockSupport.unpark(asker);
    }
}
