/**
 * Places with a shell and files: an {@link dev.skein.machine.Image} makes a {@link
 * dev.skein.machine.Machine}. {@link dev.skein.machine.LocalImage} is the one that is shipped;
 * others are written against these words.
 */
package dev.skein.machine;
