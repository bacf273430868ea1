package dev.skein.machine;

/**
 * What a machine says of a file or folder.
 *
 * @param bytes of a file; of a folder whatever the system counts
 * @param mode permissions such as {@code 0644}
 */
public record FileStat(long bytes, int mode, boolean directory) {
    static final int STANDARD_MODE = 0644;
}
