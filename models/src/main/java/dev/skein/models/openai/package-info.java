/**
 * The wire of OpenAI's chat completions, which many others speak too. Hidden; imports words, {@code
 * dev.skein.http} and {@code wire}.
 */
package dev.skein.models.openai;
