package dev.skein.harnesses.link;

/** What a peer sent cannot be taken: its connection ends with the reason. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String code;
    private final boolean last;

    private RefusedException(String code, String message, boolean last) {
        super(message, null, false, false);
        this.code = code;
        this.last = last;
    }

    /** The peer may try again. */
    static RefusedException of(String code, String message) {
        return new RefusedException(code, message, false);
    }

    /** The peer is to end itself. */
    static RefusedException last(String code, String message) {
        return new RefusedException(code, message, true);
    }

    String code() {
        return code;
    }

    /** Whether its line could not be read, whoever sent it. */
    boolean isNonsense() {
        return switch (code) {
            case "bad_json", "bad_frame", "frame_too_big" -> true;
            default -> false;
        };
    }

    Down.Refuse frame() {
        return new Down.Refuse(code, String.valueOf(getMessage()), last);
    }
}
