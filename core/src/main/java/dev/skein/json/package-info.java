/**
 * JSON values, the schema of a Java type, encoding and decoding. The only package that uses the
 * JSON library, and the only one that uses reflection.
 */
package dev.skein.json;
