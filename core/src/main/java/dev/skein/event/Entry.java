package dev.skein.event;

import java.time.Instant;

/**
 * One recorded fact.
 *
 * @param seq its number in the whole journal, from 1, without holes
 * @param number its number in its run, from 1
 * @param at the wall clock when it was appended; for people only
 */
public record Entry(long seq, long number, Origin origin, Instant at, Event event) {}
