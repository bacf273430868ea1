package dev.skein.view;

import java.util.ArrayDeque;
import java.util.List;

/** The last so many of something. */
final class Newest<T> {
    private final int most;
    private final ArrayDeque<T> kept = new ArrayDeque<>();

    Newest(int most) {
        this.most = most;
    }

    void add(T one) {
        if (kept.size() == most) kept.poll();
        kept.add(one);
    }

    List<T> list() {
        return List.copyOf(kept);
    }
}
