/** How an agent that thinks elsewhere, in a program of its own, plays an agent of Skein. */
package dev.skein.harness;
