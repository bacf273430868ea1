package dev.skein.checks.house.broken.late;

/** Knows nobody. */
public record Late(int number) {}
