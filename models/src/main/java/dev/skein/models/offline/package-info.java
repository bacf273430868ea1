/**
 * Answers that no provider gave: what the offline model makes up, and what it shares with scripts.
 * Hidden; imports words only.
 */
package dev.skein.models.offline;
