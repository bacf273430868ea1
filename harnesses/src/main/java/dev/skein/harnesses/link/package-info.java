/**
 * Any program that speaks the link protocol plays an agent: lines of JSON over a Unix socket, each
 * numbered, applied once and in order, also when the connection breaks and comes back.
 */
package dev.skein.harnesses.link;
