/** Stored conversations and how they are fitted to a model. */
package dev.skein.session;
