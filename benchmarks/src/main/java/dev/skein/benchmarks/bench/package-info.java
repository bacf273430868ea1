/**
 * What {@code ./bench} does: starts subjects, has them take turns, keeps samples, makes tables.
 * Nobody imports it.
 */
package dev.skein.benchmarks.bench;
