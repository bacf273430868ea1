package dev.skein.models.wire;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was made of long-lived things, found again by their identity and held as long as they live.
 * A fixed number of slots: two things that share one push each other out, which costs time and
 * nothing else. Thread-safe and without locks.
 */
public final class Remembered<K, V> {
    private static final int SLOTS = 256;

    private final AtomicReferenceArray<@Nullable Entry<V>> slots =
            new AtomicReferenceArray<>(SLOTS);
    private final Function<K, V> make;

    private record Entry<V>(WeakReference<Object> key, V value) {}

    /**
     * Nothing yet; {@code make} is called for what is not there, perhaps by several threads at
     * once.
     */
    public Remembered(Function<K, V> make) {
        this.make = make;
    }

    /** What was made of this very thing. */
    public V of(K thing) {
        Object key = thing;
        int slot = System.identityHashCode(key) % SLOTS;
        var known = slots.get(slot);
        if (known != null && known.key().refersTo(key)) return known.value();
        var fresh = make.apply(thing);
        slots.set(slot, new Entry<>(new WeakReference<>(key), fresh));
        return fresh;
    }
}
