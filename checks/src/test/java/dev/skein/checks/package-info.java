/** Tests of the whole house: what the compiler cannot hold. Nothing here is published. */
@NullMarked
package dev.skein.checks;

import org.jspecify.annotations.NullMarked;
