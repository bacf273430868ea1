package dev.skein.testkit;

import dev.skein.failure.SkeinException;
import dev.skein.failure.ToolFailure;
import dev.skein.tool.Tool;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Where the tools of a {@link ToolsetContract} come from. It may be slow, down, or sell other
 * things than before. Thread-safe.
 */
public final class ToolShop {
    private final AtomicReference<List<Tool>> stock = new AtomicReference<>(List.of());
    private final AtomicReference<Runnable> listener = new AtomicReference<>(() -> {});
    private final AtomicReference<CountDownLatch> door =
            new AtomicReference<>(new CountDownLatch(0));
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean burnt;

    private final AtomicInteger sold = new AtomicInteger();

    ToolShop() {}

    /** No arguments. */
    record Nothing() {}

    /**
     * What it sells now; may block.
     *
     * @throws SkeinException with {@code tool.unavailable} while it is down
     */
    public List<Tool> tools() throws InterruptedException {
        asked.incrementAndGet();
        door.get().await();
        if (burnt)
            throw new SkeinException(
                    new ToolFailure.Unavailable("the shop", "it burnt down", true));
        return stock.get();
    }

    /** Runs this whenever it sells other things than before; there is one listener. */
    public void onChange(Runnable told) {
        listener.set(told);
    }

    int asked() {
        return asked.get();
    }

    /** How often something was bought. */
    int sold() {
        return sold.get();
    }

    /** From now on it sells tools of these names. */
    ToolShop sells(String... names) {
        return sells(Stream.of(names).map(this::good).toArray(Tool[]::new));
    }

    /** From now on it sells these. */
    ToolShop sells(Tool... tools) {
        stock.set(List.of(tools));
        listener.get().run();
        return this;
    }

    private Tool good(String name) {
        return Tool.of(
                name,
                "Sells " + name + ".",
                Nothing.class,
                _ -> {
                    sold.incrementAndGet();
                    return "sold " + name;
                });
    }

    /** Whoever asks waits until it is opened. */
    void shut() {
        door.set(new CountDownLatch(1));
    }

    void open() {
        door.get().countDown();
    }

    void burn() {
        burnt = true;
    }

    void rebuild() {
        burnt = false;
    }
}
