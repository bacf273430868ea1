/** The small paths of Skein, measured with JMH. Nobody imports it. */
package dev.skein.benchmarks.micro;
