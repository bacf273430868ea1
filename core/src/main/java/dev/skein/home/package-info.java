/**
 * The folder {@code ~/.skein} of a user: which runtimes live, what dead ones left behind, and the
 * folders of runs. Everything in it is for its owner alone.
 */
package dev.skein.home;
