/** Classes that break the rules on purpose, so that the rules are known to work. */
@NullMarked
package dev.skein.checks.house.broken;

import org.jspecify.annotations.NullMarked;
