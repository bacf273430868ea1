/** A room for the proof of the bands. */
@NullMarked
package dev.skein.checks.house.broken.late;

import org.jspecify.annotations.NullMarked;
