package dev.skein.testkit;

/**
 * What a server did since it was started, all wires together. It lives in the server and so
 * survives whatever asks it.
 *
 * @param asked requests that arrived whole
 * @param answered answers that went out whole, refusals and wrong ones included
 * @param cut answers that did not: the client left, or a fault ended the connection
 * @param inputTokens as reported in whole answers
 * @param outputTokens as reported in whole answers
 * @param open connections that are open now
 * @param mostOpen the most connections that were open at once
 */
public record Ledger(
        long asked,
        long answered,
        long cut,
        long inputTokens,
        long outputTokens,
        int open,
        int mostOpen) {}
