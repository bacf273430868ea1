/** Tools: what an agent can do, what a call of one may cause, and who must permit it. */
package dev.skein.tool;
