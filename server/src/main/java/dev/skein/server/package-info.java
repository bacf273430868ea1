/**
 * One listener, one guard, and routes; a route reads a request, asks the runtime or a view, and
 * renders. It listens on a socket in the runtime's own folder. It adds no second way to run
 * anything.
 */
package dev.skein.server;
