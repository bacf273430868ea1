/**
 * Models of LangChain4j behind our SPI. Its libraries are optional: only what is made for one of
 * them may name its classes, and is loaded when a model of it is asked for. Hidden.
 */
package dev.skein.models.langchain;
