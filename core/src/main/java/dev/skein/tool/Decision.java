package dev.skein.tool;

/** From mild to strict; where several sources speak, the strictest wins. */
public enum Decision {
    ALLOW,
    ASK,
    DENY;

    public Decision stricter(Decision other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
