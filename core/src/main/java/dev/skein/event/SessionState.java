package dev.skein.event;

/** Where a live session stands. {@link #ENDED} never changes. */
public enum SessionState {
    STARTING,
    IDLE,
    /** A turn runs. */
    WORKING,
    /** An approval is asked for. */
    WAITING,
    /** Its agent is gone; it may come back. */
    LOST,
    STOPPING,
    ENDED
}
