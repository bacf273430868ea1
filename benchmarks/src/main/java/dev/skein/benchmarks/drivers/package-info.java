/** Skein as a subject of the side-by-side measurements. Nobody imports it. */
package dev.skein.benchmarks.drivers;
