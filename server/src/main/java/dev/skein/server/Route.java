package dev.skein.server;

/**
 * One address of the server and what answers there.
 *
 * @param path its parts between slashes; one in braces, like {@code {id}}, fits anything
 */
record Route(String method, String path, Handle handle) {
    /** Reads the call, asks, and renders; a failure that it throws is the answer. */
    @FunctionalInterface
    interface Handle {
        Reply on(Call call) throws Exception;
    }
}
