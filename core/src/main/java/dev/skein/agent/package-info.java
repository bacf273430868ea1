/** Agents as immutable definitions, tasks, results, and the code around runs. */
package dev.skein.agent;
