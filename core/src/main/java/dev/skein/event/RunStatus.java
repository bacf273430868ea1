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

    public boolean ended() {
        return compareTo(COMPLETED) >= 0;
    }
}
