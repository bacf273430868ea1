/**
 * What happened, as people look at it: folds over the entries of a journal, and the files and pages
 * that are written from them.
 */
package dev.skein.view;
