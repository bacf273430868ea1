/** Tests of what several modules do together. Nothing here is published. */
@NullMarked
package dev.skein.checks;

import org.jspecify.annotations.NullMarked;
