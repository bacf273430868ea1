package dev.skein.event;

/** Where a run stands. The last four never change. */
public enum RunStatus {
    SUBMITTED,
    WORKING,
    INPUT_REQUIRED,
    COMPLETED,
    FAILED,
    CANCELED,
    REJECTED;

    /** Whether that status may follow this one. */
    public boolean mayBecome(RunStatus next) {
        return switch (this) {
            case SUBMITTED -> next != SUBMITTED && next != INPUT_REQUIRED && next != COMPLETED;
            case WORKING -> next == INPUT_REQUIRED || (next.ended() && next != REJECTED);
            case INPUT_REQUIRED -> next == WORKING || next == FAILED || next == CANCELED;
            case COMPLETED, FAILED, CANCELED, REJECTED -> false;
        };
    }

    public boolean ended() {
        return compareTo(COMPLETED) >= 0;
    }
}
