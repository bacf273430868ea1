/** A room for the proof of the bands. */
@NullMarked
package dev.skein.checks.broken.early;

import org.jspecify.annotations.NullMarked;
