/** Limits, budgets, retries, time: what holds a run within bounds. */
package dev.skein.policy;
