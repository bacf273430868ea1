package dev.skein.event;

import dev.skein.failure.Failure;
import java.time.Duration;
import java.util.Map;

/** What happened to a machine, and in it. */
public sealed interface MachineEvent extends Event {
    /** Before anything of it is made. */
    record MachineCreating(String image, String name) implements MachineEvent {}

    /** Commands can be run in it. */
    record MachineReady(String machineKind, String name, Map<String, String> describe)
            implements MachineEvent {
        public MachineReady {
            describe = Map.copyOf(describe);
        }
    }

    /** It could not be made, or something of it is left. */
    record MachineLost(String name, Failure failure) implements MachineEvent {}

    record MachineStopped(String name) implements MachineEvent {}

    /**
     * A command was run beside the agent of a session.
     *
     * @param bytesOut what it wrote to both streams
     */
    record CommandRan(Ref command, int exit, Duration took, long bytesOut)
            implements MachineEvent {}
}
