/** The journal: immutable facts, numbered in one order, and how they are read. */
package dev.skein.event;
