/**
 * JSON values, the schema of a Java type, encoding and decoding. The only package that uses
 * reflection; it knows failures and nothing else.
 */
package dev.skein.json;
