package dev.skein.view;

/**
 * How large the files of a run become, in bytes.
 *
 * @param file where a file of lines is rolled
 * @param run what all files of a run may have; beyond that the oldest rolled ones go
 * @param line the longest line, its end included
 * @param text a longer content goes to a file of its own
 */
record FileLimits(long file, long run, int line, int text) {
    static FileLimits standard() {
        return new FileLimits(64L << 20, 1L << 30, 512 << 10, 256 << 10);
    }
}
