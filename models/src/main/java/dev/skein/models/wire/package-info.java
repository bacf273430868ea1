/**
 * What the wires of all providers need: schemas as providers take them, errors as they give them,
 * and calls that come in pieces. Hidden; imports words and {@code dev.skein.http} only.
 */
package dev.skein.models.wire;
