/**
 * Test doubles that are the real thing in small, and what is needed to assert on runs: nothing in
 * here keeps state between two tests, listens beyond loopback or sleeps.
 */
package dev.skein.testkit;
