/**
 * Language models: the SPI that a provider fills, messages, usage and prices. Knows nothing of the
 * engine.
 */
package dev.skein.model;
