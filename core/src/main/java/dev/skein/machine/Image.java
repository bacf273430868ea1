package dev.skein.machine;

/** How a machine is made. */
public interface Image {
    /** An image of the same id makes an equal machine. Holds no secret. */
    String id();

    /**
     * Makes one and waits until commands can be run in it. Whoever asked closes it.
     *
     * @param place what it is made for; its processes are to be started by {@link
     *     Place#processes()}
     * @throws dev.skein.failure.SkeinException with {@code machine.start}, {@code
     *     machine.workspace} or {@code machine.no_sandbox}; nothing is left then, nor after an
     *     interrupt
     */
    Machine spawn(Place place) throws InterruptedException;
}
