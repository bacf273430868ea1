/**
 * The command {@code skein}: one class for each command, which reads its options, and small classes
 * that do the work. The only room that prints and that ends the JVM.
 */
@NullMarked
package dev.skein.cli;

import org.jspecify.annotations.NullMarked;
