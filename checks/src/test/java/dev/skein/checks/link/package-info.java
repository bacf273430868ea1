/** Agents that are programs of their own and speak over a link. */
@NullMarked
package dev.skein.checks.link;

import org.jspecify.annotations.NullMarked;
