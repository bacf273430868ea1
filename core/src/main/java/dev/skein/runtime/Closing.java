package dev.skein.runtime;

/** Closes one thing; a failure is said and does not stop what is closed next. */
record Closing(String what) {
    private static final System.Logger LOG = System.getLogger("dev.skein.runtime");

    void close(AutoCloseable thing) {
        boolean interrupted = Thread.interrupted();
        try {
            thing.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "closing " + what + " failed", e);
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
