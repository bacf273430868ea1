/**
 * One thread that serves HTTP/1.1 to many connections, and does with each socket exactly what a
 * list of steps says.
 */
package dev.skein.testkit.loop;
