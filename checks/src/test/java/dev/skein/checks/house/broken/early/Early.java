package dev.skein.checks.house.broken.early;

import dev.skein.checks.house.broken.late.Late;

/** Knows a class of a later band. */
public record Early(Late late) {}
