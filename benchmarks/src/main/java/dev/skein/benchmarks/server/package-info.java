/** The fake model that all subjects ask: a program of its own, which costs next to nothing. */
package dev.skein.benchmarks.server;
