package dev.skein.http;

/** How to get to one origin: over a connection that is there, or over a new one. */
record Route(Connector connector, Pool pool) {}
