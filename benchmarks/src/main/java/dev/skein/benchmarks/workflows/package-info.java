/** What workflows cost, each figure beside what is wanted. */
package dev.skein.benchmarks.workflows;
