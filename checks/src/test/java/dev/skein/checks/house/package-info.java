/** The rules of the house: what the compiler cannot hold of sources, classes and documents. */
@NullMarked
package dev.skein.checks.house;

import org.jspecify.annotations.NullMarked;
