/** A room for the proof of the bands. */
@NullMarked
package dev.skein.checks.house.broken.early;

import org.jspecify.annotations.NullMarked;
