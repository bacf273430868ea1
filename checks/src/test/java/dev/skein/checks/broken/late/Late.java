package dev.skein.checks.broken.late;

/** Knows nobody. */
public record Late(int number) {}
