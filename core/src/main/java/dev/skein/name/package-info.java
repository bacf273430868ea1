/**
 * Names and namespaces: the rule that every name follows, and the tree that sessions, policies and
 * budgets hang on.
 */
package dev.skein.name;
