package dev.skein.http;

import dev.skein.http.TransportException.Kind;
import dev.skein.policy.TransportLimits;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one origin. Every connection, used or resting, has a place; who has none waits
 * in line. The one that rested last is taken first, so that those that are not needed grow old.
 *
 * <p>A resting connection whose time has passed is closed by the watchdog but stays here, with its
 * place, until it is taken and found closed, is pushed out by younger ones or is cleared away.
 */
final class Pool {
    private final int most;
    private final int mostResting;
    private final Parking parking;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Connection> resting = new ArrayDeque<>();
    private final ArrayDeque<Seat> queue = new ArrayDeque<>();
    private int places;

    Pool(TransportLimits.Connections limits, Parking parking) {
        this.most = Math.min(limits.open(), Descriptors.forConnections());
        this.mostResting = limits.resting();
        this.parking = parking;
    }

    /** A thread in line; {@code given} before {@code called}. */
    private static final class Seat {
        private final Thread thread = Thread.currentThread();
        private @Nullable Connection given;
        private volatile boolean called;
    }

    /**
     * Takes a place, and the connection that rests in it if there is one. Blocks if all are taken.
     */
    @Nullable Connection enter(Request request, long deadline)
            throws TransportException, InterruptedException {
        Seat seat;
        lock.lock();
        try {
            if (!resting.isEmpty()) {
                return resting.pollFirst();
            }
            if (places < most) {
                places++;
                return null;
            }
            seat = new Seat();
            queue.add(seat);
        } finally {
            lock.unlock();
        }
        return await(seat, request, deadline);
    }

    private @Nullable Connection await(Seat seat, Request request, long deadline)
            throws TransportException, InterruptedException {
        boolean wanted = false;
        try {
            while (!seat.called) {
                if (!parking.park(deadline) && !seat.called) {
                    throw unserved(request);
                }
            }
            wanted = true;
            return seat.given;
        } finally {
            if (!wanted) {
                giveUp(seat);
            }
        }
    }

    private TransportException unserved(Request request) {
        return parking.closed()
                ? TransportException.unsent(Kind.CLOSED, request, "the transport was closed")
                : TransportException.unsent(
                        Kind.DEADLINE,
                        request,
                        "the deadline passed while all " + most + " connections were used");
    }

    private void giveUp(Seat seat) {
        boolean waiting;
        lock.lock();
        try {
            waiting = queue.remove(seat);
        } finally {
            lock.unlock();
        }
        if (!waiting) {
            if (seat.given == null) {
                leave();
            } else {
                rest(seat.given);
            }
        }
    }

    /** Gives a place back with its connection, for the next exchange. */
    void rest(Connection connection) {
        Seat seat;
        Connection oldest = null;
        lock.lock();
        try {
            seat = queue.poll();
            if (seat != null) {
                seat.given = connection;
            } else {
                resting.addFirst(connection);
                if (resting.size() > mostResting) {
                    oldest = resting.pollLast();
                    places--;
                }
            }
        } finally {
            lock.unlock();
        }
        call(seat);
        if (oldest != null) {
            oldest.line().close();
        }
    }

    /** Gives a place back without a connection. */
    void leave() {
        Seat seat;
        lock.lock();
        try {
            seat = queue.poll();
            if (seat == null) {
                places--;
            }
        } finally {
            lock.unlock();
        }
        call(seat);
    }

    /** Gives back the places of connections that have rested their time: the oldest, hence last. */
    void clearAway() {
        lock.lock();
        try {
            for (var oldest = resting.peekLast();
                    oldest != null && oldest.line().over();
                    oldest = resting.peekLast()) {
                resting.pollLast();
                places--;
            }
        } finally {
            lock.unlock();
        }
    }

    private static void call(@Nullable Seat seat) {
        if (seat != null) {
            seat.called = true;
            LockSupport.unpark(seat.thread);
        }
    }
}
