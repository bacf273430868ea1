package dev.skein.model;

/** The one listener that nobody is behind, recognizable by identity. */
enum Silent implements DeltaListener {
    NONE;

    @Override
    public void on(Delta delta) {}
}
