/**
 * The wire of Amazon Bedrock's conversations, and Amazon's signatures. Amazon's own library is
 * optional; only {@code AmazonChain} names its classes. Hidden; imports words, {@code
 * dev.skein.http} and {@code wire}.
 */
package dev.skein.models.bedrock;
