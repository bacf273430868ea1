package dev.skein.http;

/** A connection that serves an exchange, and the pool in which it has its place. */
record Lease(Connection connection, Pool pool) {

    /** Gives the place back; with the connection if that can serve again. */
    void end(boolean clean) {
        if (clean && connection.rest()) {
            pool.rest(connection);
        } else {
            connection.line().close();
            pool.leave();
        }
    }
}
