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
    ENDED;

    /** Whether that state may follow this one. */
    public boolean mayBecome(SessionState next) {
        if (next == STOPPING) return this != STOPPING && this != ENDED;
        return switch (this) {
            case STARTING -> next == IDLE || next == ENDED;
            case IDLE -> next == WORKING || next == LOST;
            case WORKING -> next == IDLE || next == WAITING || next == LOST;
            case WAITING -> next == WORKING || next == LOST;
            case LOST -> next == IDLE || next == WORKING || next == STARTING || next == ENDED;
            case STOPPING -> next == ENDED;
            case ENDED -> false;
        };
    }
}
