package dev.skein.checks.broken.early;

import dev.skein.checks.broken.late.Late;

/** Knows a class of a later band. */
public record Early(Late late) {}
