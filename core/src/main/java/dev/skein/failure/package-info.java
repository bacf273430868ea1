/** Why a run ended badly: a sealed value, and the one exception that carries it. */
package dev.skein.failure;
