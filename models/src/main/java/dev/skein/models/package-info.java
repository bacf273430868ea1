/**
 * Models for agents: those of providers, any model of LangChain4j, and ones that play a script. The
 * wires behind them are hidden in the packages below.
 */
package dev.skein.models;
